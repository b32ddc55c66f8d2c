--! E0219 4:3
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
for i = 1, 70 do
  team ("cell" .. i) { name = "Cell " .. i }
end
inject "INJ-01" { to = "cell70", title = "Oil on the water", text = "At pier 4." }
