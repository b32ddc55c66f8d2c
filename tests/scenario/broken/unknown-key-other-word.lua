--! E0201 8:3
--! E0201 10:3
--! E0201 11:3
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" {
  time = "T+0:05",
  to = "ops",
  subject = "Oil on the water",
  message = "At pier 4.",
}
