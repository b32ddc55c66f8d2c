--! W0406 6:10
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "20m" }
team "ops" { name = "Harbour control" }
inject "INJ-01" { at = "T+0:05", to = "ops", title = "Oil on the water", text = "At pier 4." }
inject "INJ-02" { at = "T+0:10", to = "ops", channel = "Phone", title = "A call",
  text = string.rep("and ", 201) }
