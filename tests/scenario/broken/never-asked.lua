--! E0305 5:1
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "20m" }
team "ops" { name = "Harbour control" }
inject "INJ-01" { at = "T+0:05", to = "ops", title = "Oil on the water", text = "At pier 4." }
decision "D-01" { to = "ops", within = "5m", title = "Close the harbour?",
  options = { { "close", "Close it" }, { "open", "Leave it" } }, default = "open" }
local answer = "D-02"
