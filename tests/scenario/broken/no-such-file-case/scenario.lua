--! E0223 5:40
--! E0223 6:42
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
inject "INJ-01" { to = "ops", attach = "Tides.txt", title = "Tides", text = "Attached." }
inject "INJ-02" { to = "ops", attach = { "texts/tides.txt", "texts/Tides.txt" }, title = "Tides", text = "Attached." }
