--! E0108 7:16
--! E0214 11:8
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" { at = "T+0:05", to = "ops", title = "Oil on the water", text = "At pier 4." }
storyline "s" (function ()
  wait "5m"

storyline "t" (function ()
  send "INJ-99"
end)
