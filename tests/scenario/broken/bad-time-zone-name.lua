--! E0206 2:39
exercise "x" { title = "X", startex = "2026-03-02 07:00 CET", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
