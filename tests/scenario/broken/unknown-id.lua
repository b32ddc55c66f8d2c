--! E0214 5:26
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-07" { to = { "opps", "media" }, title = "Oil on the water", text = "At pier 4." }
