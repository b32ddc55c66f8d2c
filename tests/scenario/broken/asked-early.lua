--! W0405 5:1
--! W0405 6:1
--! E0314 13:22
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control", contacts = { "media" } }
team "media" { name = "Press office" }
party "police" { name = "Police" }
inject "INJ-01" { at = "T+0:05", to = { "ops", "media" }, title = "Oil", text = "Oil at pier 4." }
decision "D-01" { to = "ops", within = "5m", title = "Close the harbour?", at = "T+0:35",
  options = { { "close", "Close it" }, { "open", "Leave it" } }, default = "open" }
storyline "quay" (function ()
  wait "5m"
  local answer = ask "D-01"
  if answer.option == "close" then note "closed" end
end)
