--! E0112 8:1
--! E0112 9:34
--! E0112 10:1
--! E0112 11:1
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
// the press
party "press" { name = "Radio" } // end
# more
/* and
more */
