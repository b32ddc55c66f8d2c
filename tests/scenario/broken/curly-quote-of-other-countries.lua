--! E0104 10:21
--! E0104 10:33
--! E0104 11:21
--! E0104 11:27
--! E0104 12:21
--! E0104 12:28
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
party "p1" { name = „Küstenwache“ }
party "p2" { name = «Garde» }
party "p3" { name = ”Kusten” }
