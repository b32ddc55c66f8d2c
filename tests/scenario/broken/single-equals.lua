--! E0113 11:20
--! E0113 13:38
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
decision "D-01" { to = "ops", within = "10m", title = "Close?", options = { { "close", "Close it" }, { "open", "Leave it" } } }
service "grid" { domain = "energy", name = "Power" }
inject "INJ-01" { to = "ops", title = "Oil", text = "At pier 4." }
storyline "s" (function ()
  local answer = ask "D-01"
  if answer.option = "close" then send "INJ-01" end
end)
when(function () return level "grid" = 50 end, function () send "INJ-01" end)
