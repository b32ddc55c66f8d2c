--! E0121 10:18
--! E0121 13:21
--! E0121 14:20
--! E0121 15:14
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" { at = "T+0:05", to = "ops", title = "Oil on the water", text = "At pier 4." }
storyline "s" (function ()
  if sent "INJ-01"
    wait "5m"
  end
  while sent "INJ-02" wait "1m" end
  if sent "INJ-01" do wait "5m" end
  for i = 1, 3
    note "x"
  end
end)
