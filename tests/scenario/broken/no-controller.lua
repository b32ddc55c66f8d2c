--! E0238 5:27
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
party "pilots" { name = "Pilots" }
inject "INJ-07" { voice = "pilots", to = "ops", title = "Oil on the water", text = "At pier 4." }
