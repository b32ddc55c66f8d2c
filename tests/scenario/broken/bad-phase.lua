--! E0231 5:39
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
phase "night" { title = "Night", at = "story 22:00", story = "22:00" }
