--! E0310 6:1
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "20m" }
team "ops" { name = "Harbour control" }
inject "INJ-01" { at = "T+0:05", to = "ops", title = "Oil on the water", text = "At pier 4." }
service "grid" { domain = "energy", name = "Power" }
repair "cable" { service = "grid", name = "Splice the cable", work = "2h" }
