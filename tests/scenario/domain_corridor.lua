-- A corridor's detour opens once it is cleared and its time has passed; a movement takes its share of what
-- there is, stands still while there is less, and gives it back. Trains come long after the power.
exercise "corridor" { title = "Corridor", startex = "2022-02-24 03:00Z", length = "2h", pace = 60 }
team "alpha" { name = "Alpha" }
local energy = require "energy"
local transport = require "transport"
--@ 0:02 alpha-1 decide decision=D-01 option=refuse
--@ 0:04 alpha-1 decide decision=D-02 option=grant

for _, id in ipairs { "D-01", "D-02" } do
  decision (id) { to = "alpha", within = "30m", title = "Clear it?", options = { { "grant", "Yes" }, { "refuse", "No" } } }
end
energy.grid "grid" { name = "Grid" }
transport.rail "rail" { name = "Rail", power = "grid" }
transport.road "road.hill" { name = "Hill road" }
transport.road "road.inland" { name = "Inland road" }
transport.corridor "coast" {
  name = "Coast", users = 1000,
  routes = {
    { "rail" },
    { "road.hill", capacity = 30, clearance = { "D-01", "grant" } },
    { "road.inland", capacity = 60, opens_in = "45m", clearance = { "D-02", "grant" } },
  },
}
transport.movement "brigade" { name = "Brigade", corridor = "coast", share = 40, takes = "2h" }

local function tell(what)
  note(what .. ": coast " .. level "coast" .. ", civil " .. level "coast.civil" .. ", brigade " .. level "brigade")
end

storyline "detour" (function ()
  set("grid", 0)
  tell "power is lost"
  note(tostring(transport.open("coast", "road.hill")))
  note(tostring(transport.open("coast", "road.inland")))
  tell "opening"
  wait "44m story"
  tell "after 44 minutes"
  wait "2m story"
  tell "after 46 minutes"
  wait "10m story"
  transport.move "brigade"
  tell "the brigade sets out"
  set("road.inland", 20)
  wait "1h story"
  tell "it stood still"
  set("road.inland", 100)
  wait "121m story"
  tell "it arrived"
  transport.share("coast", 25)
  tell "a quarter is military"
  transport.share("coast", 0)
end)

storyline "power" (function ()
  wait "6h story"
  set("grid", 100)
  note("rail " .. level "rail" .. " with the power back")
  wait "239m story"
  note("rail " .. level "rail" .. " after 239 minutes")
  wait "2m story"
  note("rail " .. level "rail" .. " after 241 minutes")
  tell "all is back"
end)

--= 0:00 level grid 0
--= 0:00 level rail 0 by grid
--= 0:00 level coast 0 by rail
--= 0:00 level coast.civil 0 by coast
--= 0:00 note power is lost: coast 0, civil 0, brigade 0
--= 0:00 ask D-01
--= 0:02 decided D-01 refuse
--= 0:02 note Route road.hill of coast stays closed: it is not cleared
--= 0:02 note false
--= 0:02 ask D-02
--= 0:04 decided D-02 grant
--= 0:04 note true
--= 0:04 note opening: coast 0, civil 0, brigade 0
--= 0:04:44 note after 44 minutes: coast 0, civil 0, brigade 0
--= 0:04:45 level coast 60 by coast.route-3
--= 0:04:45 level coast.civil 60 by coast
--= 0:04:46 note after 46 minutes: coast 60, civil 60, brigade 0
--= 0:04:56 level coast.civil 20
--= 0:04:56 repair brigade.move running
--= 0:04:56 note the brigade sets out: coast 60, civil 20, brigade 0
--= 0:04:56 level road.inland 20
--= 0:04:56 level coast.route-3 20 by road.inland
--= 0:04:56 level coast 20 by coast.route-3
--= 0:04:56 level coast.civil 0 by coast
--= 0:04:56 repair brigade.move standing still for coast
--= 0:05:56 note it stood still: coast 20, civil 0, brigade 0
--= 0:05:56 level road.inland 100
--= 0:05:56 level coast.route-3 60
--= 0:05:56 level coast 60 by coast.route-3
--= 0:05:56 level coast.civil 20
--= 0:05:56 repair brigade.move running
--= 0:06 level grid 100
--= 0:06 note rail 0 with the power back
--= 0:07:56 repair brigade.move done
--= 0:07:56 level brigade 100
--= 0:07:56 level coast.civil 60 by coast
--= 0:07:56 note brigade has arrived; its share of coast is free again
--= 0:07:57 note it arrived: coast 60, civil 60, brigade 100
--= 0:07:57 level coast.civil 35 by coast
--= 0:07:57 note a quarter is military: coast 60, civil 35, brigade 100
--= 0:07:57 level coast.civil 60 by coast
--= 0:09:59 note rail 0 after 239 minutes
--= 0:10 level rail 100
--= 0:10 level coast 100
--= 0:10 level coast.civil 100
--= 0:10:01 note rail 100 after 241 minutes
--= 0:10:01 note all is back: coast 100, civil 100, brigade 100
