--! E0115 9:1
--! E0115 12:3
--! E0115 13:3
--! E0115 14:8
--! E0115 15:3
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
prty "press" { name = "Radio" }
local function tell() note "told" end
storyline "s" (function ()
  wiat "5m"
  tel()
  note(string.uper("x"))
  helper()
end)
