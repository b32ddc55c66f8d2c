--! E0120 10:1
--! E0120 10:14
--! E0120 11:45
--! E0120 13:1
--! E0120 14:16
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" {
  to = "ops",​
  title = "Oil spill", text = "At pier 4.", – not before
}
— the press
party "press" { name = "Radio" }
