--! E0237 12:13
--! E0237 14:35
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control", contacts = { "media" } }
team "media" { name = "Press office" }
party "police" { name = "Police" }
inject "INJ-01" { at = "T+0:05", to = { "ops", "media" }, title = "Oil", text = "Oil at pier 4." }
decision "D-01" { to = "ops", within = "5m", title = "Close the harbour?", 
  options = { { "close", "Close it" }, { "open", "Leave it" } }, default = "open" }
storyline "quay" (function ()
  local answer = ask "D-01"
  if answer.options == "close" then note "closed" end
  -- a field of another name
  if answer.option == ask("D-01").choice then note "the same" end
end)
