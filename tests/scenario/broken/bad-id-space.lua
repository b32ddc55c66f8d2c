--! E0209 3:6
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "harbour control" { name = "Harbour control" }
inject "INJ-01" { to = "harbour control", title = "Oil on the water", text = "At pier 4." }
