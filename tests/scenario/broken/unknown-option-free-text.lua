--! E0302 7:28
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "20m" }
team "ops" { name = "Harbour control" }
inject "INJ-01" { at = "T+0:05", to = "ops", title = "Oil on the water", text = "At pier 4." }
decision "D-01" { to = "ops", within = "5m", title = "What do you tell the pilots?" }
storyline "the quay" (function ()
  if ask("D-01").option == "yes" then note "Yes." end
end)
