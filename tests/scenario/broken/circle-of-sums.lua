--! E0230 5:63
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
service "a" { domain = "d", name = "A", rule = "sum", needs = { { "b" } } }
service "b" { domain = "d", name = "B", rule = "sum", needs = { { "c" } } }
service "c" { domain = "d", name = "C", rule = "sum", needs = { { "a" } } }
