--! W0405 5:1
--! W0405 6:1
--! E0313 10:28
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control", contacts = { "media" } }
team "media" { name = "Press office" }
party "police" { name = "Police" }
inject "INJ-01" { at = "T+0:05", to = { "ops", "media" }, title = "Oil", text = "Oil at pier 4." }
expect "EXP-01" { team = "ops", by = "T+0:20", text = "The police know",
  met = function () return said("ops", "police") end }
