-- Services that need each other do not come back by themselves: a black start gets them going.
require "common"

service "voice" { domain = "cyber", name = "Voice", needs = { { "power" } } }
service "power" { domain = "energy", name = "Power", needs = { { "voice" } } }

storyline "s" (function ()
  set("power", 0)
  wait "10m"
  set("power", 100)
  note(level "power" .. " " .. level "voice")
  wait "10m"
  black_start("power", "5m")
  wait "20m"
  note(level "power" .. " " .. level "voice")
end)
storyline "play time" (function () wait "1m" black_start("power", "90s") end)
storyline "nothing" (function () wait "1m" black_start("power", "0m") end)
storyline "no time" (function (none) wait "1m" black_start("power", none) end)

--= 0:00 level power 0
--= 0:00 level voice 0 by power
--= 0:01 error [play time] scenario.lua:17: black_start: "90s": the world goes by whole minutes of story time
--= 0:01 error [nothing] scenario.lua:18: black_start: "0m": it must be more than nothing
--= 0:01 error [no time] scenario.lua:19: black_start wants a service's id and how long it is held up, like "30m", in quotes
--= 0:10 deadlock voice,power
--= 0:10 note 0 0
--= 0:20 level power 100
--= 0:20 level voice 100
--= 0:40 note 100 100
--= 1:00 endex
