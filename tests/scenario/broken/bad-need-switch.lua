--! E0229 7:49
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
service "grid" { domain = "energy", name = "Power" }
service "rail" { domain = "transport", name = "Railway",
  needs = { { "grid", group = "power", switch = "5m" } } }
