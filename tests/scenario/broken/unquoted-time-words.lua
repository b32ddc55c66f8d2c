--! E0110 6:58
--! E0110 7:33
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
decision "D-01" { to = "ops", title = "Close?", within = 15 min }
storyline "s" (function () wait 2hours end)
