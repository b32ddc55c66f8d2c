--! E0104 6:38
--! E0104 7:24
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
party "press" { name = "Harbour Radio” }
party "coast" { name = “Coast guard" }
