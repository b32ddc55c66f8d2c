--! E0112 15:5
--! E0112 16:4
--! E0112 17:8
--! E0112 17:13
--! E0112 17:16
--! E0112 17:31
--! E0112 17:36
--! E0112 18:8
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" { at = "T+0:05", to = "ops", title = "Oil on the water", text = "At pier 4." }
storyline "s" (function ()
  local n = 0
  n += 1
  n++
  if n != 2 && !sent "INJ-01" || n === 3 then wait "5m" end
  if n is 2 then wait "6m" end
end)
