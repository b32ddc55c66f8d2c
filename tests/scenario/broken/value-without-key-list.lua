--! E0212 6:46
--! E0212 7:60
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" { at = "T+0:05", to = "ops", "media", title = "Oil", text = "Oil at pier 4." }
service "grid" { domain = "energy", name = "Grid", level = 99,5 }
