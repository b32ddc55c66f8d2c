--! E0233 16:15
--! E0233 17:19
--! E0233 18:7
--! E0233 19:18
--! E0233 20:3
--! E0233 21:8
--! E0233 22:7
--! E0233 23:8
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control", contacts = { "media" } }
team "media" { name = "Press office" }
party "police" { name = "Police" }
inject "INJ-01" { at = "T+0:05", to = { "ops", "media" }, title = "Oil", text = "Oil at pier 4." }
service "grid" { domain = "energy", name = "Grid" }
storyline "quay" (function ()
  set("grid", 0,5)
  set("grid", 20, "gas")
  set(0, "grid")
  send("INJ-01", "INJ-02")
  set("grid")
  send { "INJ-01" }
  now(5)
  note(5)
end)
