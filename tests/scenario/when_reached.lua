-- A condition is asked again when anything that it can reach is another: a name, what a function reaches,
-- the function itself, a table, its own count.
require "common"

local number, flag, list, asked = 0, false, {}, 0
local function is_ready() return number >= 2 end
local later = function () return false end
local deep = { { function () return flag == "deep" end } }

when(function () return is_ready() end, function () note "number" end)
when(function () return flag end, function () note "flag" end)
when(function () return later() end, function () note "function" end)
when(function () return list.x end, function () note "table" end)
when(function () return deep[1][1]() end, function () note "deep" end)
when(function () asked = asked + 1; return asked > 5 end, function () note "count" end)
when(function () return number == 1.0 and flag == 0 end, function () note "never" end)

storyline "changes" (function ()
  wait "1m"; number = 1
  wait "1m"; number = 2
  wait "1m"; flag = true
  wait "1m"; later = function () return true end
  wait "1m"; list.x = true
  wait "1m"; flag = "deep"
end)

--= 0:02 note number
--= 0:03 note flag
--= 0:04 note function
--= 0:05 note table
--= 0:05 note count
--= 0:06 note deep
--= 1:00 endex
