--! E0105 6:39
--! E0105 7:10
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
inject "INJ-01" { to = "ops", title = "The "big" one",
  text = "He said "close it now" twice.",
}
