--! E0111 6:61
--! E0111 7:63
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
service "grid" { domain = "energy", name = "Power", level = 50% }
service "rail" { domain = "transport", name = "Rail", level = 80 %,
  needs = { { "grid" } } }
