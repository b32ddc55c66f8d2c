--! E0207 2:69
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "90" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
