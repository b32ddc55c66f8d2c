--! E0220 6:17
--! E0220 6:49
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "20m" }
team "ops" { name = "Harbour control" }
decision "D-01" { to = "ops", at = "T+0:05", within = "5m", title = "Close the quay?", default = "no-answer",
  options = { { "no-answer", "Say nothing" }, { "own-answer", "Say something" } } }
