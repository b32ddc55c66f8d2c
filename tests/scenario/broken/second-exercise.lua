--! E0218 5:1
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
exercise "y" { title = "Y", startex = "2026-03-03 07:00Z", length = "1h" }
