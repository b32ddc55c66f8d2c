--! E0122 6:17
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control", contacts = { "media" } }
team "media" { name = "Press office" }
party "police" { name = "Police" }
inject "INJ-01" = { at = "T+0:05", to = { "ops", "media" }, title = "Oil", text = "Oil at pier 4." }
