--! W0405 3:1
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "50m" }
team "ops" { name = "Harbour control" }
inject "INJ-01" { at = "T+0:05", to = "ops", title = "Oil on the water", text = "At pier 4." }
inject "INJ-02" { at = "T+0:31", to = "ops", title = "At last", text = "Read me." }
