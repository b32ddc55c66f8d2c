-- 24 February 2022: losing the beams takes remote control, and production goes on. Emergency radio goes dark
-- exactly when its class says, and a jammed GNSS takes the time of networks only after the holdover.
exercise "pair" { title = "Pair", startex = "2022-02-24 03:00Z", length = "2h", pace = 60 }
team "alpha" { name = "Alpha" }
local energy = require "energy"
local cyber = require "cyber"
local space = require "space"

space.satcom "ka-sat" { name = "KA-SAT", beams = { { "beam.east", name = "Beam east", users = 30000 } } }
cyber.pair {
  control    = { "wind.control", name = "Wind, remote control", users = 5800, needs = { { "beam.east" } } },
  production = { "wind.generation", name = "Wind, generation", needs = { { "grid" } } },
}
energy.grid "grid" { name = "Grid", users = 10 }
cyber.mobile "mobile" { name = "Mobile", power = "grid" }
cyber.mobile "mobile.town" { name = "Mobile in towns", town = true, power = "grid" }
cyber.emergency_radio "radio" { name = "Emergency radio", power = "grid" }
service "room" { domain = "energy", name = "Control room", needs = { energy.need { "grid", class = "tso_voice" } } }
space.gnss "gnss" { name = "GNSS" }
space.timing "timing" { name = "Network time", gnss = "gnss", holdover = "20h" }

storyline "s" (function ()
  set("beam.east", 0)
  note("control " .. level "wind.control" .. ", generation " .. level "wind.generation")
  set("beam.east", 100)
  wait "1m"
  space.jam("gnss", "total")
  set("grid", 0)
  wait "30m"
  space.storm { scale = "G4", gnss = "gnss", lasts = "1h" }
  note("still jammed: " .. level "gnss")
  space.restore "gnss"
  note(level "gnss" .. " " .. level "timing")
end)

--= 0:00 level beam.east 0
--= 0:00 level wind.control 0 by beam.east
--= 0:00 note control 0, generation 100
--= 0:00 level beam.east 100
--= 0:00 level wind.control 100
--= 0:01 level grid 0
--= 0:01 level wind.generation 0 by grid
--= 0:01 level gnss 0
--= 0:03 level mobile.town 0 by grid
--= 0:05 level mobile 0 by grid
--= 0:09 level radio 0 by grid
--= 0:21 level timing 0 by gnss
--= 0:25 level room 0 by grid
--= 0:31 note Storm G4, Severe: widespread voltage control problems; satellite navigation degraded for hours
--= 0:32 note still jammed: 0
--= 0:32 level gnss 100
--= 0:32 level timing 100
--= 0:32 note 100 100
