--! E0112 9:18
--! E0112 12:12
--! E0112 12:29
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control", contacts = { "media" } }
team "media" { name = "Press office" }
party "police" { name = "Police" }
inject "INJ-01" { at = "T+0:05", to = { "ops", "media" }, title = "Oil", text = "Oil at pier 4." }
storyline "quay" {function ()
  note "x"
end)
party "p2" ( name = "Press" )
