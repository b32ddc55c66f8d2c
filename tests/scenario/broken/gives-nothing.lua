--! E0236 9:21
--! E0236 11:6
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control", contacts = { "media" } }
team "media" { name = "Press office" }
party "police" { name = "Police" }
inject "INJ-01" { at = "T+0:05", to = { "ops", "media" }, title = "Oil", text = "Oil at pier 4." }
expect "EXP-01" { team = "ops", by = "T+0:20", text = "Media knows",
  met = function () said("ops", "media") end }
service "grid" { domain = "energy", name = "Grid" }
when(function () local now_known = sent "INJ-01" end, function () note "x" end)
