--! E0301 5:55
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "20m" }
team "ops" { name = "Harbour control" }
inject "INJ-01" { at = "T+0:05", to = "ops", title = "Oil on the water", text = "At pier 4." }
decision "D-01" { at = "T+0:15", to = "ops", within = "10m", title = "Close the harbour?",
  options = { { "close", "Close it" }, { "open", "Leave it" } }, default = "open" }
when(function () return decided "D-01" end, function () note "Decided." end)
