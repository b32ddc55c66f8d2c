--! E0109 6:6
--! E0109 7:41
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
team wind" { name = "Wind" }
inject "INJ-01" { at = "T+0:05", to = { ops", "media", "wind" }, title = "Oil", text = "Ships wait" }
