--! E0109 5:39
--! E0109 5:59
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
inject "INJ-01" { to = "ops", title = Don’t panic, text = It isn't oil }
