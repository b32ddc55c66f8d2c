--! E0209 3:6
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "cell-2" { name = "Cell 2" }
