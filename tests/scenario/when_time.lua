-- A condition that hangs on the time is asked at each full minute, though nothing else happens then; also
-- one that only later comes to ask for the time.
require "common"

local is_late = false

when(function () return now() >= 7.5 * 60 end, function () note "seven and a half" end)
when(function () return clock() == "08:11" end, function () note("clock " .. clock()) end)
when(function () return is_late and now() >= 20 * 60 end, function () note "twenty" end)

storyline "late" (function ()
  wait "15m"
  is_late = true
end)

--= 0:08 note seven and a half
--= 0:11 note clock 08:11
--= 0:20 note twenty
--= 1:00 endex
