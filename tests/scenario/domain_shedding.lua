-- Load shedding takes its stages in order and holds the grid until they are not enough; then voice lives
-- on for 24 hours, restoration stands still when it is gone, and a black start is what brings all back.
exercise "shedding" { title = "Shedding", startex = "2022-02-24 03:00Z", length = "2h", pace = 60 }
team "alpha" { name = "Alpha" }
local energy = require "energy"

energy.grid "grid" { name = "Grid", users = 100 }
energy.substation "feeder.west" { name = "Feeder west", grid = "grid" }
energy.substation "feeder.east" { name = "Feeder east", grid = "grid" }
service "smelter" { domain = "industry", name = "Smelter", needs = { { "grid" } } }
service "voice" { domain = "energy", name = "Voice", needs = { energy.need { "grid", class = "tso_voice" } } }
energy.shedding "ufls" { grid = "grid", stages = {
  { relief = 6, take = { "smelter" }, level = 20 },
  { relief = 10, take = { "feeder.west", "feeder.east" } },
} }
energy.restoration "restore" { grid = "grid", voice = "voice", takes = "30h", source = "assumption" }
energy.black_start_plan "plan" { steps = { { "grid", hold = "2h", next = "30m" }, { "voice", next = "7h" } } }

local function tell(what)
  note(what .. ": grid " .. level "grid" .. ", smelter " .. level "smelter" .. ", west " .. level "feeder.west" .. ", voice " .. level "voice")
end

storyline "s" (function ()
  note(table.concat({ tostring((energy.shed("ufls", 6))), level "grid", level "smelter", level "feeder.east" }, " "))
  note(table.concat({ tostring((energy.shed("ufls", 6.1))), level "grid", level "smelter", level "feeder.east" }, " "))
  energy.reconnect("ufls", 1)
  tell "one stage given back"
  energy.reconnect "ufls"
  tell "all given back"
  energy.shed("ufls", 17)
  tell "too much"
  start_repair "restore"
  wait "24h story"
  tell "after 24 hours"
  wait "10h story"
  tell "after 34 hours"
  note(tostring(energy.black_start "plan"))
  tell "after the black start"
  energy.reconnect "ufls"
  tell "given back"
end)

--= 0:00 level smelter 20
--= 0:00 note Load shedding ufls: 6 % missing, stages taken: 1 of 2; the grid is held
--= 0:00 note true 100 20 100
--= 0:00 level feeder.west 0
--= 0:00 level feeder.east 0
--= 0:00 note Load shedding ufls: 6.1 % missing, stages taken: 2 of 2; the grid is held
--= 0:00 note true 100 20 0
--= 0:00 level feeder.west 100
--= 0:00 level feeder.east 100
--= 0:00 note Load shedding ufls: stages still taken: 1
--= 0:00 note one stage given back: grid 100, smelter 20, west 100, voice 100
--= 0:00 level smelter 100
--= 0:00 note Load shedding ufls: stages still taken: 0
--= 0:00 note all given back: grid 100, smelter 100, west 100, voice 100
--= 0:00 level grid 0
--= 0:00 level feeder.west 0
--= 0:00 level feeder.east 0
--= 0:00 level smelter 0 by grid
--= 0:00 note Load shedding ufls: 17 % missing, stages taken: 2 of 2; not enough, the grid is lost
--= 0:00 note too much: grid 0, smelter 0, west 0, voice 100
--= 0:00 repair restore running
--= 0:24 note after 24 hours: grid 0, smelter 0, west 0, voice 100
--= 0:24 level voice 0 by grid
--= 0:24 repair restore standing still for voice
--= 0:24 deadlock grid,voice
--= 0:34 note after 34 hours: grid 0, smelter 0, west 0, voice 0
--= 0:34 level grid 100
--= 0:34 level smelter 20
--= 0:34 level voice 100
--= 0:34 repair restore running
--= 0:36 level grid 0
--= 0:36 level smelter 0 by grid
--= 0:40 repair restore done
--= 0:40 level grid 100
--= 0:40 level smelter 20
--= 0:41:30 note Black start plan: all of it stands
--= 0:41:30 note true
--= 0:41:30 note after the black start: grid 100, smelter 20, west 0, voice 100
--= 0:41:30 level feeder.west 100
--= 0:41:30 level feeder.east 100
--= 0:41:30 level smelter 100
--= 0:41:30 note Load shedding ufls: stages still taken: 0
--= 0:41:30 note given back: grid 100, smelter 100, west 100, voice 100
