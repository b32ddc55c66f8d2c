--! E0214 8:8
--! E0102 8:13
--! E0201 9:3
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" {
  to = "opps"
  titel = "Oil",
  text = "At pier 4.",
}
