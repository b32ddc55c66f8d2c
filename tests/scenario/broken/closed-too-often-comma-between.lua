--! E0122 4:40
--! E0122 5:25
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" },
party "p" { name = "P" }, party "q" { name = "Q" }
