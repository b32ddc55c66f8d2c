--! E0109 9:8
--! E0109 9:20
--! E0109 9:42
--! E0109 10:11
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" {
  to = ops, from = Pilot boat, channel = phone,
  title = Oil on the water, text = "At pier 4.",
}
