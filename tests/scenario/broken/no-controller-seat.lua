--! E0238 4:27
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
inject "INJ-07" { voice = "evaluator-1", to = "ops", title = "Oil on the water", text = "At pier 4." }
