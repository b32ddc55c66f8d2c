--! E0206 2:39
exercise "x" { title = "X", startex = "2.3.2026 07:00", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
