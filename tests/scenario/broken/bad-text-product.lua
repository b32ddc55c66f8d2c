--! E0208 5:73
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
expect "EXP-01" { team = "ops", text = "Warn", by = "T+0:30", product = "early warning" }
