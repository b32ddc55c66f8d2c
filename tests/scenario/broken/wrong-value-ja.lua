--! E0203 5:104
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" { at = "T+0:05", to = { "ops", "media" }, title = "Oil", text = "Ships wait", urgent = ja }
