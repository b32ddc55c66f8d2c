--! E0115 5:1
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
entscheidung "D-01" { to = "ops" }
