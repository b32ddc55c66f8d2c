-- because tells the chain of causes in words, outlook what comes next, lost_hours what it has cost.
require "world"

local function tell(id)
  local o = outlook(id)
  note(id .. " " .. o.trend .. " " .. tostring(o.level) .. " " .. tostring(o.at) .. " " .. tostring(o.minutes) .. " " .. tostring(o.because))
end

storyline "s" (function ()
  tell "mast"
  set("grid", 0)
  note(because "mast")
  note(because "rail")
  tell "mast"
  tell "rail"
  wait "5m"
  tell "mast"
  wait "25m"
  note(because "mast")
  note(lost_hours "grid" .. " " .. lost_hours "mast" .. " " .. lost_hours())
  local id = "mats"
  because(id)
end)
storyline "unknown" (function () local id = "mats" outlook(id) end)
storyline "all" (function () local n = 7 lost_hours(n) end)

--= 0:00 note mast stable nil nil nil nil
--= 0:00 level grid 0
--= 0:00 level rail 50 by grid
--= 0:00 note Mast 100 %
--= 0:00 note Railway 50 % because Grid 0 %
--= 0:00 note mast worsening 0 08:20 20 grid
--= 0:00 note rail stable nil nil nil nil
--= 0:00 error [unknown] scenario.lua:24: outlook: unknown service "mats" — did you mean "mast"?
--= 0:00 error [all] scenario.lua:25: lost_hours wants a service's id, or nothing, in quotes
--= 0:05 note mast worsening 0 08:20 15 grid
--= 0:20 level mast 0 by grid
--= 0:30 note Mast 0 % because Grid 0 % (for longer than its autonomy)
--= 0:30 note 600 100 700
--= 0:30 error [s] scenario.lua:22: because: unknown service "mats" — did you mean "mast"?
--= 1:00 endex
