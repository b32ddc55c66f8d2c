--! E0116 8:1
--! E0116 9:1
--! E0116 12:3
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" { at = "T+0:05", to = "ops", title = "Oil on the water", text = "At pier 4." }
count = 0
function later() count = count + 1 end
storyline "s" (function ()
  later()
  wait = 5
end)
