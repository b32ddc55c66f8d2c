--! E0109 8:8
--! E0109 11:8
--! E0109 12:11
--! E0109 12:28
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject INJ-01 { to = "ops", title = "Oil", text = "At pier 4." }
storyline "s" (function ()
  wait "1m"
  send INJ-01
  if sent INJ-01 then note Hello all end
end)
