--! E0304 6:1
--! E0306 7:45
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "20m" }
team "ops" { name = "Harbour control" }
inject "INJ-01" { at = "T+0:05", to = "ops", title = "Oil on the water", text = "At pier 4." }
inject "INJ-02" { to = "ops", title = "Forgotten", text = "Nobody sends this." }
when(function () return now() > 60 and sent "INJ-02" end, function () note "Never comes." end)
