--! E0120 6:13
--! E0120 7:13
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
local n = 5 – 3
local m = n − 1
