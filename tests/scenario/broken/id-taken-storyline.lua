--! E0210 6:11
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
storyline "the quay" (function () note "a" end)
storyline "the quay" (function () note "b" end)
