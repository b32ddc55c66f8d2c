--! E0104 10:6
--! E0104 10:17
--! E0214 11:8
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control", contacts = { "media" } }
team "media" { name = "Press office" }
party "police" { name = "Police" }
inject "INJ-01" { at = "T+0:05", to = { "ops", "media" }, title = "Oil", text = "Oil at pier 4." }
storyline "quay" (function ()
note “Oil at sea”
  send "INJ-02"
end)
