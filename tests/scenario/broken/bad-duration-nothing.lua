--! E0207 5:40
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
decision "D-01" { to = "ops", within = "0m", title = "Close the harbour?", options = { { "close", "Close it" }, { "open", "Leave it" } } }
