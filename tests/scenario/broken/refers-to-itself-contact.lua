--! E0228 3:62
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control", contacts = { "media", "ops" } }
team "media" { name = "Press office" }
