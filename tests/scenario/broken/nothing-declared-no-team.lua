--! E0217 1:1
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
