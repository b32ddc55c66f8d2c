--! E0112 8:5
--! E0112 9:8
--! E0112 10:9
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" {
  to: "ops",
  title: "Oil",
  "text": "At pier 4.",
}
