--! E0232 5:53
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
expect "EXP-01" { team = "ops", text = "Warn", by = "met EXP-02 +5m" }
expect "EXP-02" { team = "ops", text = "Look", by = "T+0:20" }
