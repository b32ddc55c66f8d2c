--! E0214 6:1
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" { to = "ops", title = "Power", text = [[Now:
{{level grid}} of the power is left.]] }
