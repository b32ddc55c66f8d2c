--! E0121 11:3
--! E0121 12:3
--! E0121 13:3
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control", contacts = { "media" } }
team "media" { name = "Press office" }
party "police" { name = "Police" }
inject "INJ-01" { at = "T+0:05", to = { "ops", "media" }, title = "Oil", text = "Oil at pier 4." }
service "grid" { domain = "energy", name = "Grid" }
storyline "quay" (function ()
  set "grid" 50
  set "grid", 50
  send "INJ-01", "INJ-01"
end)
