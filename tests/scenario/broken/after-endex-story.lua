--! E0301 5:24
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "20m" }
team "ops" { name = "Harbour control" }
inject "INJ-01" { at = "T+0:05", to = "ops", title = "Oil on the water", text = "At pier 4." }
inject "INJ-02" { at = "story 09:00", to = "ops", title = "Late", text = "Too late." }
