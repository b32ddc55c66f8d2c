-- The world of Silent Beams: what depends on what, how strongly, and how long it does without.
-- Levels are percent of a normal night. Only what SOURCES.md lists as record is record; every other
-- number here is an assumption, and says so.
--
-- Read it from the top: satellite and beams are healthy all night. What is lost is terminals (killed by
-- command), the way back in for those that were pushed off, and with both of them sight and control of
-- things that go on working. `tocsin world scenarios/silent-beams --shock beams=0` shows it without play.

local cyber = require "cyber"
local space = require "space"
local transport = require "transport"

local record = "satellite operator's overview of 30 March 2022"

-- The satellite and its terminals ------------------------------------------------------------------

space.satcom "satellite" {
  name = "Satellite and gateways", seen_by = "operator", source = record,
  notes = "Healthy all night, as on the record.",
  beams = {
    { "beams", name = "Consumer beams", seen_by = "operator", source = record,
      notes = "82 beams, healthy all night. What is silent is terminals." },
    { "government", name = "Government and mobility partitions", seen_by = "operator", source = record,
      notes = "Other partition, other management, other accounts: 260 terminals, untouched." },
  },
}

service "management" {
  domain = "cyber", name = "Management segment", seen_by = "operator",
  notes = "100: open, and the operator's own tools work. 0: shut, for everybody.",
}
service "readmission" {
  domain = "cyber", name = "Letting terminals back in", seen_by = "operator", restart = "45m",
  needs = { { "management", kind = "logical", source = "assumption: each needs one command" } },
  source = "assumption: thousands are let in beam by beam",
}
service "joining" {
  domain = "space", name = "Terminals not pushed off", seen_by = "operator",
  needs = {
    { "beams", kind = "physical", source = record },
    { "readmission", strength = 23.2, kind = "cyber", source = "assumption: 14,200 of 61,200 are off at any hour of the flood" },
  },
  notes = "Falls with the flood, and to 76.8 % when nobody can be let in. They are healthy: their lights blink.",
}
service "terminals" {
  domain = "space", name = "Terminals that still work", seen_by = "operator",
  notes = "61,200 times this is how many live. Each that is lost was killed by a command: its lights stand still.",
}
service "keys" {
  domain = "cyber", name = "Keys between terminals and gateways", seen_by = "operator",
}
service "left-on" {
  domain = "space", name = "Terminals that their owners left on", seen_by = "none",
}
service "online" {
  domain = "space", name = "Consumer terminals online", users = 61200, rule = "sum", seen_by = "operator",
  needs = {
    { "beams", source = record },
    { "keys", source = "assumption" },
    { "terminals", source = "assumption: one that is dead is not online" },
    { "joining", source = "assumption: nor is one that is pushed off" },
    { "left-on", source = "assumption: nor is one that is switched off" },
  },
  source = "assumption: 61,200 online at 02:55 UTC",
}

-- Places with a weak signal lose their slots first and get them back last.
service "hill-slots" {
  domain = "space", name = "Room for weak signals (skerries, hills)", seen_by = "operator",
  needs = { { "readmission", source = "assumption" } },
}
service "by-hand" {
  domain = "cyber", name = "Let in by hand, one by one", seen_by = "operator",
  notes = "Counts for the forty once D-05 opens the gate for them.",
}

local function weak_site(id, given)
  service (id) {
    domain = given.domain or "space", name = given.name, seen_by = "none", notes = given.notes,
    needs = {
      { "beams", kind = "physical", source = "assumption" },
      { "hill-slots", group = "way", source = "assumption" },
      { "by-hand", group = "way", closed = true, switch = "6m", source = "assumption: forty commands, two people on each" },
    },
  }
end

weak_site("crossing-links", { name = "Satellite links of 41 crossings",
  notes = "12 are dead, 29 healthy and pushed off; in a second wave more die." })
weak_site("road-links", { name = "Satellite links of 38 road stations", notes = "28 are dead, 10 healthy and pushed off." })
weak_site("tarnholm-link", { name = "Satellite link of Tarnholm's mast", notes = "Healthy and pushed off, until a second wave kills it." })

-- Wind: control is not generation ------------------------------------------------------------------

service "farm-links" {
  domain = "space", name = "Satellite links of 1,349 farms", seen_by = "wind",
  needs = { { "beams", kind = "physical", source = "Enercon, February 2022" } },
  notes = "All silent from 03:05 UTC. 1,349 modems, or 780 mobile routers and 569 modems (INJ-31).",
}
service "tower-foot" {
  domain = "energy", name = "Control from the tower's foot", level = 0, seen_by = "wind",
  notes = "Crews on the ridges; 100 would be a crew at every farm. 52 crews are 3.9 %.",
}
cyber.pair {
  control = { "wind.control", name = "Remote control of 5,800 turbines", seen_by = "wind",
    needs = {
      { "farm-links", group = "way", kind = "cyber", source = "Enercon, February 2022: satellite was their only link" },
      { "tower-foot", group = "way", closed = true, kind = "physical", source = "assumption" },
    } },
  production = { "wind.generation", name = "Turbines able to produce", seen_by = "wind",
    notes = "5,800 times (100 less this) stand still. Needs no control: each turbine runs under its own controller. It falls by faults that nobody resets." },
}
service "reserve" {
  domain = "energy", name = "Grid control's reserve", notes = "35 after 2,000 MW bought for nothing (INJ-72), 25 after parking (INJ-75).",
}
service "supply" {
  domain = "energy", name = "Electricity supply",
  needs = {
    { "wind.generation", group = "balance", strength = 10, source = "assumption" },
    { "reserve", group = "balance", strength = 10, source = "assumption" },
  },
  notes = "What the wind does not give the reserve gives. Nobody's light goes out tonight.",
}

-- Roads, the line, the port, the ferries -----------------------------------------------------------

service "road-weather" {
  domain = "transport", name = "Road weather stations reporting", seen_by = "transport",
  needs = { { "road-links", strength = 33.9, kind = "cyber", source = "assumption: 38 of 112 report by satellite" } },
}
transport.road "side-roads" {
  name = "Side roads in Elvedal fit to drive",
  notes = "Ice takes them at T+1:00. Gritting brings them to 70, as long as the stations say where it freezes.",
}
service "crossing-monitor" {
  domain = "transport", name = "Fault monitoring of 41 crossings", seen_by = "transport",
  needs = { { "crossing-links", kind = "cyber", source = "assumption" } },
}
service "crossings" {
  domain = "transport", name = "Level crossings that protect the road",
  notes = "97.6 from 03:20 UTC: Askelund's barriers are down and stuck. Nobody can see it.",
}
transport.rail "rail" {
  name = "Trains on the Elvedal line", users = 6200, restart = "45m", seen_by = { "transport", "crisis" }, public = true,
  needs = {
    { "crossing-monitor", strength = 70, autonomy = "2h", kind = "logical",
      source = "assumption: the line's rule, two hours unwatched, then a pilotman at each crossing" },
  },
  source = "assumption: 45 minutes until the timetable holds again; 6,200 passengers until nine",
}
service "hospital" {
  domain = "transport", name = "Early shift at Elvedal hospital",
  needs = {
    { "rail", group = "way", strength = 70, kind = "physical", source = "assumption" },
    { "side-roads", group = "way", strength = 70, kind = "physical", source = "assumption" },
  },
}
space.gnss "navigation" {
  name = "Satellite navigation", notes = "Other satellites, another system: unaffected, whatever is said on the quay.",
}
transport.port "port" {
  name = "Port of Korsvig", seen_by = "transport", public = true, restart = "30m", gnss = "navigation",
  source = "assumption: half an hour until a pilot is out again",
}
service "heating" {
  domain = "energy", name = "District heating, Korsvig", users = 40000,
  needs = { { "port", strength = 60, autonomy = "48h", kind = "physical", source = "assumption: oil for two days" } },
  source = "assumption",
}
service "quay-links" {
  domain = "space", name = "Satellite links of the island quays",
  needs = { { "beams", kind = "physical", source = "assumption" } },
}
service "paper-lists" {
  domain = "transport", name = "Names on paper, read out by radio",
}
service "passenger-lists" {
  domain = "transport", name = "Passenger lists reach the authority", seen_by = "transport",
  needs = {
    { "quay-links", group = "list", kind = "cyber", source = "assumption" },
    { "paper-lists", group = "list", closed = true, switch = "10m", source = "assumption: if D-11 allows it" },
  },
}
service "ferries" {
  domain = "transport", name = "Ferries in the Skerries", users = 900, seen_by = "transport", public = true,
  needs = {
    { "passenger-lists", autonomy = "105m", kind = "logical", source = "assumption: no list, no departure; the first boat leaves at 04:50 UTC" },
    { "port", kind = "physical", source = "assumption" },
  },
  source = "assumption",
}

-- The island, the county, the waterworks ------------------------------------------------------------

cyber.mobile "tarnholm-phone" {
  name = "Telephone on Tarnholm", users = 420, backhaul = { "tarnholm-link", source = "assumption: its only way to the mainland" },
  source = "assumption",
}
service "radio-watch" {
  domain = "cyber", name = "Coast radio listening for Tarnholm", level = 0,
  notes = "Set up when the emergency call centre is told that Tarnholm cannot call. 70: one person listens, one boat waits.",
}
service "tarnholm-112" {
  domain = "cyber", name = "Emergency call from Tarnholm", users = 420,
  needs = {
    { "tarnholm-phone", group = "call", kind = "cyber", source = "assumption" },
    { "radio-watch", group = "call", closed = true, switch = "5m", kind = "physical", source = "assumption" },
  },
  source = "assumption",
}
service "town-hall-links" {
  domain = "space", name = "Satellite links of 44 town halls",
  needs = { { "beams", kind = "physical", source = "assumption" } },
}
service "town-halls" {
  domain = "government", name = "44 town halls and health stations", seen_by = "crisis",
  needs = { { "town-hall-links", autonomy = "4h", kind = "cyber", source = "assumption: nobody needs them before eight local" } },
}
service "waterworks" {
  domain = "water", name = "Sund Waterworks",
  notes = "Needs nothing of all this: INJ-19 is a false alarm.",
}
service "traces" {
  domain = "cyber", name = "Silent modems that a bench can save", notes = "Falls with every reset button pressed at home.",
}
service "velmark" {
  domain = "space", name = "Second teleport, in Velmark", users = 3640, source = "assumption",
  notes = "The same intruder, another teleport. 82.4 if 640 of its 3,640 terminals die while Velmark waits for our log (D-10).",
}

-- What brings things back ---------------------------------------------------------------------------

repair "new-keys" { service = "management", name = "New keys for the management segment", work = "2h", source = "assumption" }
repair "rebuild" { service = "management", name = "Rebuild the management segment", work = "14h", source = "assumption" }
repair "rekey" { service = "keys", name = "New keys forced on every terminal", work = "30m", source = "assumption" }
repair "gritting" { service = "side-roads", name = "Gritting the side roads", work = "1h", to = 70,
  needs = { { "road-weather", level = 60 } },
  source = "assumption: called from the minute a station sees ice; with too few stations nobody can say where" }
repair "bench-modem" { service = "tarnholm-link", name = "A technician with a bench modem to Tarnholm", work = "3h",
  needs = { { "ferries", level = 50 } }, source = "assumption" }
repair "modems-sites" { service = "road-links", name = "Modems for masts, crossings and stations", work = "160h", crews = 8, source = "assumption" }
repair "modems-farms" { service = "farm-links", name = "300 modems for wind farms", work = "150d", crews = 50, to = 22.2,
  source = "assumption: two farms a crew and day" }
