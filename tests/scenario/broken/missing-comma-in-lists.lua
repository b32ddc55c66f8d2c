--! E0102 9:30
--! E0102 9:55
--! E0102 12:27
--! E0102 13:12
--! E0102 14:3
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" { to = { "ops" "media" }, title = "Oil" text = "At pier 4." }
decision "D-01" { to = "ops", within = "10m", title = "Close?",
  options = {
    { "close", "Close it" }
    { "open" "Leave it" }
  }
  default = "open",
}
