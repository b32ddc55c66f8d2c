--! E0104 9:10
--! E0104 9:24
--! E0104 10:11
--! E0104 10:25
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
party "press" {
  name = “Harbour Radio”,
  notes = ‘Wants to know’,
}
