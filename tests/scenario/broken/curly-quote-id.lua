--! E0104 6:8
--! E0104 6:15
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject “INJ-01” { at = "T+0:05", to = { "ops", "media" }, title = "Oil", text = "Ships wait" }
storyline "s" (function () send "INJ-01" end)
