--! E0110 11:8
--! E0110 12:72
--! E0110 13:58
--! E0110 15:8
--! E0110 16:8
--! E0110 17:14
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" { to = "ops", title = "Oil", text = "At pier 4.",
  at = T+0:10 }
inject "INJ-02" { to = "ops", title = "Oil", text = "At pier 4.", at = INJ-01 +10m }
decision "D-01" { to = "ops", title = "Close?", within = 15m }
storyline "s" (function ()
  wait 90s
  wait 10
  wait_until T+0:30
end)
