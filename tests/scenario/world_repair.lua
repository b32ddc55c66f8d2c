-- A repair is started once, stands still while what it needs is lacking, and restores at its end.
require "world"

service "ship" { domain = "transport", name = "Cable ship" }
repair "splice" { service = "grid", name = "Splice", work = "20m", crews = 2, needs = { { "ship", level = 50 } } }

storyline "s" (function ()
  set("grid", 0)
  start_repair "splice"
  wait "5m"
  set("ship", 40)
  wait "5m"
  set("ship", 50)
  wait "15m"
  start_repair "splice"
end)
storyline "unknown" (function () local id = "spliec" start_repair(id) end)
storyline "service" (function () local id = "grid" start_repair(id) end)

--= 0:00 level grid 0
--= 0:00 level rail 50 by grid
--= 0:00 repair splice running
--= 0:00 error [unknown] scenario.lua:17: start_repair: unknown repair "spliec" — did you mean "splice"?
--= 0:00 error [service] scenario.lua:18: start_repair: "grid" is a service (world.lua:5), not a repair
--= 0:05 level ship 40
--= 0:05 repair splice standing still for ship
--= 0:10 level ship 50
--= 0:10 repair splice running
--= 0:15 repair splice done
--= 0:15 level grid 100
--= 0:15 level rail 100
--= 0:25 note the repair splice is done
--= 1:00 endex
