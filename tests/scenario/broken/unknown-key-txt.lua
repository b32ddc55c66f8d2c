--! E0201 5:59
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" { to = "ops", title = "Oil on the water", txt = "At pier 4." }
