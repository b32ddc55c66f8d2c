-- require and file work in play; a module's own lines cannot act, its functions can.
require "common"

storyline "s" (function ()
  local helpers = require "helpers"
  note(tostring(helpers == require "helpers"))
  helpers.tell "told"
  note(file("note.md"))
end)
storyline "acts" (function () require "acting" end)
storyline "missing" (function () require "helper" end)
storyline "no file" (function () file "note.txt" end)
storyline "broken" (function () require "broken" end)

--= 0:00 note true
--= 0:00 note told
--= 0:00 note from a file
--= 0:00 error [acts] acting.lua:1: send: only a storyline acts; put it into storyline "…" (function () … end)
--= 0:00 error [missing] scenario.lua:11: require: there is no file "helper.lua" — did you mean "helpers.lua"?
--= 0:00 error [no file] scenario.lua:12: file: there is no file "note.txt"
--= 0:00 error [broken] broken.lua:1: syntax error near 'is'
--= 1:00 endex
