--! E0235 6:77
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" { at = "T+0:40", to = "ops", title = "Oil on the water", text = "At pier 4." }
expect "EXP-01" { team = "ops", text = "Warn", by = "T+0:30", contingency = "INJ-01" }
