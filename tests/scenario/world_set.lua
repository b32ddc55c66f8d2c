-- set changes what a service can do by itself; what needs it follows, and level tells both at once.
require "world"

storyline "s" (function ()
  note(level "grid" .. " " .. level "rail" .. " " .. level "detour")
  set("grid", 40)
  note(level "grid" .. " " .. level "rail")
  set("grid", 33.3)
  note(tostring(level "rail"))
  set("road", 0.02)
  note(tostring(level "road")) -- not nothing
  set("road", 100)
  set("grid", 100)
  note(level "grid" .. " " .. level "rail")
  wait "10m"
  set("grid", 65 * 2)
end)
storyline "text" (function () wait "20m" set("grid", "ha" .. "lf") end)
storyline "unknown" (function () set("gr" .. "iid", 5) end)
storyline "no service" (function () local id = "alpha" set(id, 5) end)
storyline "percent" (function () wait "30m" set("grid", "0" .. " %") end)

--= 0:00 note 100 100 60
--= 0:00 level grid 40
--= 0:00 level rail 70 by grid
--= 0:00 note 40 70
--= 0:00 level grid 33.3
--= 0:00 level rail 66.65 by grid
--= 0:00 note 66.6
--= 0:00 level road 0.02
--= 0:00 level port 0.02 by road
--= 0:00 note 0.1
--= 0:00 level grid 100
--= 0:00 level rail 100
--= 0:00 level road 100
--= 0:00 level port 100
--= 0:00 note 100 100
--= 0:00 error [unknown] scenario.lua:19: set: unknown service "griid" — did you mean "grid"?
--= 0:00 error [no service] scenario.lua:20: set: "alpha" is a team (common.lua:7), not a service
--= 0:10 error [s] scenario.lua:16: set: 0 to 100 percent, not 130
--= 0:20 error [text] scenario.lua:18: set: 0 to 100 percent, not string
--= 0:30 error [percent] scenario.lua:21: set: write the number alone, without quotes or %: set("grid", 0)
--= 1:00 endex
