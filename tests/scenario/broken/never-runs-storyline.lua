--! E0306 6:14
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "20m" }
team "ops" { name = "Harbour control" }
inject "INJ-01" { at = "T+0:05", to = "ops", title = "Oil on the water", text = "At pier 4." }
storyline "the quay" (function ()
  wait_until "T+0:20"
  note "Never comes."
end)
