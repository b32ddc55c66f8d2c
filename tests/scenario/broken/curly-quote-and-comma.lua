--! E0104 5:21
--! E0102 5:37
--! E0104 5:37
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = “Harbour control” seats = 2 }
