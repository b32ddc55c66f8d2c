--! E0220 7:17
--! E0220 7:45
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
decision "D-01" { to = "ops", within = "5m", title = "Close the harbour?",
  options = { { "close it", "Close it" }, { "other", "Leave it" } } }
