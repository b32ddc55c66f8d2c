-- An error stops its storyline alone, and names the author's line. (Wrong ids are made of parts here:
-- those that stand there as they are do not load.)
require "common"

storyline "nil" (function () local d = decided "D-01"; note(d.option) end)
storyline "unknown inject" (function () send("INJ-" .. 1) end)
storyline "unknown decision" (function () ask("D-" .. 99) end)
storyline "wrong kind" (function () send("D-" .. "01") end)
storyline "raised" (function () error("by hand") end)
storyline "in a function" (function ()
  local function helper(id) send(id) end
  helper()
end)
storyline "caught" (function ()
  local ok, why = pcall(send, "INJ-77")
  note(tostring(ok) .. " " .. why)
  send "INJ-01"
end)
storyline "late" (function () inject "X" { to = "all", title = "t", text = "x" } end)
local alpha
storyline "no value" (function () note(alpha.name) end)

--= 0:00 error [nil] scenario.lua:5: attempt to index a nil value (local 'd')
--= 0:00 error [unknown inject] scenario.lua:6: send: unknown inject "INJ-1" — did you mean "INJ-01"?
--= 0:00 error [unknown decision] scenario.lua:7: ask: unknown decision "D-99"
--= 0:00 error [wrong kind] scenario.lua:8: send: "D-01" is a decision (common.lua:16), not an inject
--= 0:00 error [raised] scenario.lua:9: by hand
--= 0:00 error [in a function] scenario.lua:11: send wants an inject's id, in quotes
--= 0:00 note false scenario.lua:15: send: unknown inject "INJ-77" — did you mean "INJ-01"?
--= 0:00 inject INJ-01: text 1
--= 0:00 error [late] scenario.lua:19: inject: a declaration comes too late in play; it stands in the scenario, outside of storylines and functions
--= 0:00 error [no value] scenario.lua:21: attempt to index a nil value (upvalue 'alpha')
--= 1:00 endex
