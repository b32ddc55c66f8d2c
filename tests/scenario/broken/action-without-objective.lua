--! W0402 10:1
--! W0402 12:1
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "20m" }
team "ops" { name = "Harbour control" }
inject "INJ-01" { at = "T+0:05", to = "ops", title = "Oil on the water", text = "At pier 4.",
  objective = "OBJ-1" }
objective "OBJ-1" { text = "Close the harbour in time." }
expect "EXP-01" { team = "ops", by = "T+0:15", text = "Warns", objective = "OBJ-1",
  met = function () return said("ops", "excon") end }
expect "EXP-02" { team = "ops", by = "T+0:16", text = "Warns again",
  met = function () return said("ops", "excon") end }
decision "D-01" { at = "T+0:05", to = "ops", within = "5m", title = "Close the harbour?",
  options = { { "close", "Close it" }, { "open", "Leave it" } }, default = "open" }
when(function () return decided "D-01" end, function () note "Decided." end)
