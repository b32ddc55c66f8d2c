-- An alternative that is closed counts once it was opened and its switch time has passed.
require "world"

storyline "s" (function ()
  set("road", 0)
  note(tostring(level "port"))
  wait "10m"
  open_alternative("port", "detour")
  note(tostring(level "port"))
end)
storyline "open" (function () wait "1m" open_alternative("port", "road") end)
storyline "not needed" (function () wait "1m" open_alternative("rail", "road") end)
storyline "one id" (function (none) wait "1m" open_alternative("port", none) end)

--= 0:00 level road 0
--= 0:00 level port 0 by road
--= 0:00 note 0
--= 0:01 error [open] scenario.lua:11: open_alternative: the need of "port" for "road" was never closed
--= 0:01 error [not needed] scenario.lua:12: open_alternative: "rail" does not need "road"
--= 0:01 error [one id] scenario.lua:13: open_alternative wants a service's id and that of its alternative, in quotes
--= 0:10 note 0
--= 0:15 level port 60 by detour
--= 1:00 endex
