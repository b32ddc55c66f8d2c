-- What lives from its reserve falls when that is used up; refuel fills it again.
require "world"

storyline "s" (function ()
  set("grid", 0)
  wait "15m"
  refuel "mast"
  wait "15m"
  refuel("mast", "grid")
  note(level "mast" .. " at " .. now() // 60)
end)
storyline "nothing" (function () wait "1m" refuel "rail" end)
storyline "no reserve" (function () wait "1m" refuel("rail", "grid") end)
storyline "not needed" (function () wait "1m" refuel("rail", "road") end)
storyline "no id" (function () wait "1m" local n = 7 refuel(n) end)

--= 0:00 level grid 0
--= 0:00 level rail 50 by grid
--= 0:01 error [nothing] scenario.lua:12: refuel: no need of "rail" has an autonomy to refill
--= 0:01 error [no reserve] scenario.lua:13: refuel: the need of "rail" for "grid" has no autonomy to refill
--= 0:01 error [not needed] scenario.lua:14: refuel: "rail" does not need "road"
--= 0:01 error [no id] scenario.lua:15: refuel wants a service's id, in quotes
--= 0:30 note 100 at 30
--= 0:50 level mast 0 by grid
--= 1:00 endex
