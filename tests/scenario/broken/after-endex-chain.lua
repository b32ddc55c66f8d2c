--! E0301 6:24
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "20m" }
team "ops" { name = "Harbour control" }
inject "INJ-01" { at = "T+0:05", to = "ops", title = "Oil on the water", text = "At pier 4." }
inject "INJ-02" { at = "INJ-01 +9m", to = "ops", title = "Two", text = "Still in time." }
inject "INJ-03" { at = "INJ-02 +9m", to = "ops", title = "Late", text = "Too late." }
inject "INJ-04" { at = "INJ-03 +1m", to = "ops", title = "Later", text = "Told once." }
