--! W0404 3:1
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "20m" }
team "ops" { name = "Harbour control" }
inject "INJ-01" { at = "T+0:05", to = "ops", title = "Oil on the water", text = "At pier 4." }
for i = 1, 6 do
  inject ("INJ-1" .. i) { at = "T+0:10", to = "ops", title = "One of many", text = "Read me." }
end
