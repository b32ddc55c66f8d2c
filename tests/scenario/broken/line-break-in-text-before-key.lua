--! E0106 6:70
--! E0106 7:14
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" { at = "T+0:05", to = "ops", title = "Oil is at pier 4, text = "Ships wait" }
inject "INJ-02 { at = "T+0:06", to = "media", title = "Oil", text = "Ships wait" }
