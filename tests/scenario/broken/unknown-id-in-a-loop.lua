--! E0214 7:0
--! E0214 7:0
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
for i = 1, 2 do
  inject ("INJ-0" .. i) { to = "opps", title = "Oil on the water", text = "At pier 4." }
end
