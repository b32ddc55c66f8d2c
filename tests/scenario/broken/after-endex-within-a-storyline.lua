--! E0301 6:40
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "40m" }
team "ops" { name = "Harbour control" }
objective "OBJ-1" { text = "Decide in time" }
inject "INJ-01" { to = "ops", from = "Quay", channel = "note", title = "Closed", text = "It is.", objective = "OBJ-1" }
decision "D-01" { to = "ops", within = "9h", title = "Close it?", objective = "OBJ-1", default = "no",
  options = { { "no", "Not now" }, { "yes", "Now" } } }
storyline "the quay" (function ()
  wait_until "T+0:05"
  if ask("D-01").option == "yes" then send "INJ-01" end
end)
