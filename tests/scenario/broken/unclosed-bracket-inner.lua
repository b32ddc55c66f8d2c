--! E0103 6:8
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" {
  to = { "ops", "media",
  title = "Oil", text = "At pier 4.",
}

party "press" { name = "Radio" }
