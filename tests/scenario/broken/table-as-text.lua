--! E0234 8:17
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
decision "D-01" { to = "ops", within = "5m", title = "Close the harbour?",
  options = { { "close", "Close it" }, { "open", "Leave it" } } }
storyline "the quay" (function ()
  if ask "D-01" == "close" then note "closed" end
end)
