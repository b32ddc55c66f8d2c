--! W0401 9:1
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "20m" }
team "ops" { name = "Harbour control" }
inject "INJ-01" { at = "T+0:05", to = "ops", title = "Oil on the water", text = "At pier 4.",
  objective = "OBJ-1" }
objective "OBJ-1" { text = "Close the harbour in time." }
expect "EXP-01" { team = "ops", by = "T+0:15", text = "Warns", objective = "OBJ-1",
  met = function () return said("ops", "excon") end }
inject "INJ-02" { at = "T+0:10", to = "ops", title = "Two", text = "What for?" }
