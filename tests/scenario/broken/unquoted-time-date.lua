--! E0110 3:39
--! E0110 3:67
exercise "x" { title = "X", startex = 2026-03-02 07:00Z, length = 1h30m }
team "ops" { name = "Harbour control" }
