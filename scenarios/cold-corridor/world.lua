-- The world behind Cold Corridor: what depends on what, for how long it lasts alone, and what can be
-- repaired. README.md has it as a picture. A source is a law, a regulator or a record; "assumption" is
-- the author's judgement, and players may ask for it.
--
-- A level is the share of what people need that is served: 100 is an ordinary winter day.

local energy = require "energy"
local cyber = require "cyber"
local transport = require "transport"
local space = require "space"

local function guess(need)
  need.source = need.source or "assumption"
  return need
end

-- Space ------------------------------------------------------------------------------------------

space.gnss "gnss.sea" { name = "Satellite positions over the Kaldra Sea", public = true,
  seen_by = { "space", "rail", "alliance" }, source = "assumption",
  notes = "Interference from sea level, moving. Who does it is not in this exercise." }

space.gnss "gnss.time" { name = "Satellite time on the coast", seen_by = { "space" }, source = "assumption" }

service "time.net" { domain = "space", name = "National time network", seen_by = { "space", "csirt" },
  needs = {
    guess { "gnss.time", group = "clock", autonomy = "5h", kind = "cyber", source = "assumption: oscillators of mixed age hold a usable time for about five hours" },
    guess { "time.ref", group = "clock", closed = true, switch = "90m", kind = "cyber" },
  },
  source = "assumption" }

service "time.ref" { domain = "space", name = "Caesium clocks at Haver, over fibre", seen_by = { "space" }, source = "assumption" }

service "satcom.north" { domain = "space", name = "Satellite capacity, northern beam", seen_by = { "space", "alliance" },
  source = "assumption", notes = "One transponder in reserve. Whoever gets it, somebody else does not." }

service "convoy.picture" { domain = "space", name = "Tracking of the military transport", seen_by = { "alliance", "space" },
  needs = {
    guess { "gnss.sea", strength = 30, kind = "cyber" },
    guess { "satcom.north", strength = 60, kind = "cyber" },
  }, source = "assumption" }

-- Digital ----------------------------------------------------------------------------------------

cyber.subsea_cable "fibre.kaldra" { name = "Sea cable Kaldra-1 to Lysmark", seen_by = { "csirt", "tso", "eu" }, source = "assumption" }
service "fibre.land" { domain = "cyber", name = "Land route through Sornia", level = 70, seen_by = { "csirt", "space" },
  source = "assumption", notes = "Carries 70 % of what the country needs abroad when it stands alone." }

service "internet" { domain = "cyber", name = "Traffic with the world", users = 2400000, public = true, seen_by = "all",
  needs = {
    guess { "fibre.kaldra", group = "abroad", kind = "physical" },
    guess { "fibre.land", group = "abroad", kind = "physical" },
  }, source = "assumption" }

service "dc.haver" { domain = "cyber", name = "Government data centre Haver", seen_by = { "csirt", "crisis" },
  needs = {
    energy.need { "district.haver", class = "data_centre", kind = "physical" },
    guess { "internet", strength = 20, kind = "cyber" },
  }, source = "assumption" }

service "gov.services" { domain = "cyber", name = "Government services online", users = 2400000, public = true, seen_by = { "crisis", "csirt" },
  needs = { guess { "dc.haver", kind = "cyber" }, guess { "internet", strength = 40, kind = "cyber" } }, source = "assumption" }

service "mobile.north" { domain = "cyber", name = "Mobile network, north", users = 160000, public = true,
  seen_by = { "crisis", "csirt", "space" },
  needs = {
    { "district.north", group = "power", autonomy = "4h", kind = "physical", source = "Nkom (Norway) minimum requirement, fewer than 20,000 inhabitants" },
    guess { "gensets.north", group = "power", closed = true, switch = "2h", kind = "physical" },
    guess { "time.net", strength = 40, kind = "cyber" },
  }, source = "assumption" }

service "mobile.coast" { domain = "cyber", name = "Mobile network, coast and capital", users = 830000, public = true,
  seen_by = { "crisis", "csirt", "space" },
  needs = {
    { "district.haver", autonomy = "2h", kind = "physical", source = "Nkom (Norway) minimum requirement, 20,000 inhabitants and more" },
    { "district.coast", autonomy = "2h", kind = "physical", source = "Nkom (Norway) minimum requirement, 20,000 inhabitants and more" },
    guess { "time.net", strength = 40, kind = "cyber" },
  }, source = "assumption" }

service "tetra.north" { domain = "cyber", name = "Emergency radio, north", seen_by = { "crisis", "alliance" },
  needs = {
    { "district.north", group = "power", autonomy = "8h", kind = "physical", source = "nodnett.no as quoted in the press: base stations at least 8 h" },
    guess { "gensets.north", group = "power", closed = true, switch = "2h", kind = "physical" },
  }, source = "assumption" }

-- Energy -----------------------------------------------------------------------------------------

service "hvdc.kaldra" { domain = "energy", name = "Kaldra Link", public = true, seen_by = { "tso", "crisis" },
  needs = {
    guess { "fibre.kaldra", group = "telecontrol", strength = 40, kind = "cyber", source = "assumption: without telecontrol the converters may carry 60 %" },
    guess { "satcom.north", group = "telecontrol", strength = 40, closed = true, switch = "90m", kind = "cyber" },
  }, source = "assumption" }

service "balance" { domain = "energy", name = "Power balance of Haverland", rule = "sum", public = true, seen_by = { "tso", "crisis" },
  needs = {
    guess { "hvdc.kaldra", strength = 12, kind = "physical", source = "assumption: 600 of 5,000 MW at the winter peak" },
    guess { "rokken.plant", strength = 9, kind = "physical", source = "assumption: 450 of 5,000 MW" },
  },
  source = "assumption",
  notes = "100: reserves whole. 95: reserves used up. Below 95 somebody is switched off by hand, or the frequency does it." }

service "sub.midtvoll" { domain = "energy", name = "Midtvoll substation", seen_by = { "tso" }, source = "assumption" }
service "line.old" { domain = "energy", name = "The old 66 kV line to the north", level = 20, seen_by = { "tso" }, source = "assumption" }

service "district.north" { domain = "energy", name = "Power in the north", users = 160000, public = true,
  seen_by = { "tso", "crisis", "rail" },
  needs = {
    guess { "sub.midtvoll", group = "feed", kind = "physical" },
    guess { "line.old", group = "feed", kind = "physical" },
  }, source = "assumption" }

service "district.haver" { domain = "energy", name = "Power in the capital", users = 620000, public = true, seen_by = { "tso", "crisis", "rail" }, source = "assumption" }
service "district.coast" { domain = "energy", name = "Power on the coast", users = 210000, public = true, seen_by = { "tso", "crisis", "rail" }, source = "assumption" }

-- The circle: the town's feeder hangs on the plant, the plant on gas, gas on the compressor, the
-- compressor on the town's feeder. While it turns nobody notices.
service "rokken.feeder" { domain = "energy", name = "Rokken feeder 4", users = 38000, seen_by = { "tso" },
  needs = {
    guess { "rokken.plant", group = "feed", kind = "physical" },
    guess { "rokken.line", group = "feed", closed = true, switch = "150m", kind = "physical" },
  },
  source = "assumption",
  notes = "On the shedding list it is called 'Rokken rural, 38,000'. The compressor hangs on it and nobody wrote that down." }

service "rokken.line" { domain = "energy", name = "Rokken 110 kV line (out for maintenance)", seen_by = { "tso" }, source = "assumption" }

service "gas.compressor" { domain = "energy", name = "Rokken gas compressor", seen_by = "none",
  needs = { guess { "rokken.feeder", kind = "physical" } }, source = "assumption",
  notes = "The team hears of it from the foreman (INJ-24), or when it stands." }

service "gas.kaldra" { domain = "energy", name = "Kaldra Pipe, gas from Lysmark", public = true, seen_by = { "tso", "crisis", "eu" }, source = "assumption" }
service "gas.lng" { domain = "energy", name = "LNG terminal Vindhavn", seen_by = { "tso", "rail" },
  needs = {
    guess { "district.coast", group = "power", kind = "physical" },
    guess { "gensets.port", group = "power", closed = true, switch = "2h", kind = "physical" },
  }, source = "assumption" }

service "gas.sornia" { domain = "energy", name = "Gas through Sornia, under the solidarity rules", level = 50, seen_by = { "tso", "eu" }, source = "assumption" }

service "gas.grid" { domain = "energy", name = "Gas grid", users = 410000, public = true, seen_by = { "tso", "crisis", "eu" },
  needs = {
    guess { "gas.kaldra", group = "inlet", autonomy = "20h", kind = "physical", source = "assumption: gas in pipes and store, at this cold" },
    guess { "gas.lng", group = "inlet", closed = true, switch = "5h", kind = "physical" },
    guess { "gas.sornia", group = "inlet", closed = true, switch = "2h", kind = "physical" },
    guess { "gas.compressor", autonomy = "75m", kind = "physical", source = "assumption: pressure in the pipe" },
  }, source = "assumption" }

service "rokken.plant" { domain = "energy", name = "Rokken power station", seen_by = { "tso" }, restart = "40m",
  needs = { guess { "gas.grid", kind = "physical" } }, source = "assumption" }

service "heat.haver" { domain = "energy", name = "District heating in the capital", users = 300000, public = true, seen_by = { "crisis" },
  needs = {
    guess { "gas.grid", autonomy = "6h", kind = "physical", source = "assumption: oil in the boilers' tanks" },
    guess { "district.haver", strength = 50, kind = "physical" },
  }, source = "assumption" }

service "tso.voice" { domain = "energy", name = "Grid control's own telephone", seen_by = { "tso" },
  needs = {
    { "sub.midtvoll", group = "power", autonomy = "24h", kind = "physical", source = "Commission Regulation (EU) 2017/2196 Art. 41(1)" },
    guess { "satcom.north", group = "power", closed = true, switch = "60m", kind = "cyber" },
  },
  source = "assumption",
  notes = "The relay station for the whole north stands in the yard of Midtvoll substation and is fed from it. No switching without a voice from both ends: so the repair needs it too." }

service "smelter" { domain = "energy", name = "Aluminium smelter and cold stores", public = true, seen_by = { "tso", "crisis" }, source = "assumption" }

-- Transport --------------------------------------------------------------------------------------

service "rail.tms" { domain = "transport", name = "Rail traffic control system", seen_by = { "rail", "csirt" }, source = "assumption",
  notes = "Sets routes and shows trains. The interlockings below it are safe by themselves: a signal that gets no order shows red." }
service "rail.manual" { domain = "transport", name = "Dispatch by telephone and paper", level = 40, seen_by = { "rail" }, source = "assumption" }

service "rail.signals" { domain = "transport", name = "Signal boxes, north", seen_by = { "rail", "tso" },
  needs = {
    energy.need { "district.north", class = "signalling", group = "power", kind = "physical" },
    guess { "gensets.north", group = "power", closed = true, switch = "2h", kind = "physical" },
  }, source = "assumption" }

service "rail.radio" { domain = "transport", name = "Train radio", seen_by = { "rail", "csirt" },
  needs = { guess { "time.net", strength = 40, kind = "cyber" } }, source = "assumption" }

service "rail.corridor" { domain = "transport", name = "Rail corridor Vindhavn to Grensby", public = true,
  seen_by = { "rail", "alliance", "crisis" }, restart = "90m",
  needs = {
    guess { "rail.tms", group = "dispatch", kind = "cyber" },
    guess { "rail.manual", group = "dispatch", closed = true, switch = "60m", kind = "logical" },
    guess { "rail.signals", kind = "physical" },
    guess { "rail.radio", strength = 50, kind = "cyber" },
  },
  source = "assumption; Great Britain, 9 August 2019: first trains 4.6 h after a one-hour outage (BBC)" }

service "rail.commuter" { domain = "transport", name = "Commuter trains in the capital", users = 180000, public = true,
  seen_by = { "rail", "crisis" }, restart = "3h",
  needs = {
    guess { "rail.tms", group = "dispatch", kind = "cyber" },
    guess { "rail.manual", group = "dispatch", closed = true, switch = "60m", kind = "logical" },
    guess { "rail.radio", strength = 50, kind = "cyber" },
    guess { "district.haver", kind = "physical" },
  },
  source = "assumption; Great Britain, 9 August 2019: first trains 4.6 h after a one-hour outage (BBC)" }

service "road.e12" { domain = "transport", name = "Coast road E 12", public = true, seen_by = { "rail", "crisis", "alliance" }, source = "assumption" }

service "ferry.islands" { domain = "transport", name = "Ferries to the islands", users = 6400, public = true, seen_by = { "rail", "crisis" },
  needs = { guess { "gnss.sea", strength = 15, kind = "cyber" } }, source = "assumption" }

service "border.grensby" { domain = "transport", name = "Grensby border station (Sornia's interlocking)", seen_by = { "rail", "csirt" }, source = "assumption" }

service "port.osthavn" { domain = "transport", name = "Ferry quay Osthavn", seen_by = { "alliance", "rail" },
  needs = { guess { "gnss.sea", strength = 25, kind = "cyber" } }, source = "assumption" }

-- Rail first; road and sea are closed until they are cleared. Military traffic takes its share from civil.
transport.corridor "corridor" { name = "Cold Corridor", users = 90000, public = true,
  seen_by = { "alliance", "rail", "crisis", "eu" },
  routes = {
    { "rail.corridor" },
    { "road.e12", capacity = 60, opens_in = "2h", clearance = true, name = "E 12 for heavy transport",
      source = "assumption: escorts, and the clearance of two countries" },
    { "port.osthavn", capacity = 80, opens_in = "4h", clearance = true, name = "Two ferries to Osthavn, then the coast road",
      source = "assumption: loading two ferries" },
  } }

transport.movement "brigade" { name = "Military transport in Grensby", corridor = "corridor", share = 40, takes = "9h",
  needs = { { "border.grensby", level = 50 } }, seen_by = { "alliance", "eu", "crisis", "rail" }, source = "assumption",
  notes = "0 until it has arrived. Stands still while the corridor has less than 40 %, or the border station less than 50 %." }

service "port.vindhavn" { domain = "transport", name = "Port of Vindhavn", public = true, seen_by = { "rail", "alliance", "crisis" },
  needs = {
    guess { "district.coast", group = "power", kind = "physical" },
    guess { "gensets.port", group = "power", closed = true, switch = "2h", kind = "physical" },
    guess { "gnss.sea", strength = 30, kind = "cyber", source = "assumption: carriers and pilots' tablets" },
  }, source = "assumption" }

transport.airport "airport.grensby" { name = "Grensby airport", users = 900, public = true, seen_by = { "crisis", "space" },
  gnss = "gnss.sea", source = "assumption; April 2024: an airport whose only approach needed GPS lost its flights for a month (airline, press)" }

service "supply.north" { domain = "transport", name = "Food and fuel for the north", users = 160000, public = true, seen_by = { "crisis", "rail" },
  needs = {
    guess { "road.e12", strength = 60, autonomy = "6h", kind = "physical", source = "assumption: what lies on the shelves" },
    guess { "corridor.civil", strength = 40, autonomy = "6h", kind = "physical", source = "assumption: what lies on the shelves" },
  }, source = "assumption" }

-- People, water, health ----------------------------------------------------------------------------

service "water.haver" { domain = "water", name = "Drinking water in the capital", users = 620000, public = true, seen_by = { "crisis" },
  needs = { guess { "district.haver", autonomy = "3h", kind = "physical", source = "assumption: water towers" } }, source = "assumption" }

service "hospital.north" { domain = "health", name = "Midtvoll hospital", users = 240, public = true, seen_by = { "crisis", "alliance" },
  needs = {
    guess { "district.north", group = "power", autonomy = "12h", kind = "physical", source = "assumption: diesel on site" },
    guess { "gensets.eu", group = "power", closed = true, switch = "1h", kind = "physical" },
    guess { "supply.north", strength = 30, autonomy = "12h", kind = "physical" },
  }, source = "assumption" }

service "gensets.north" { domain = "energy", name = "Mobile generators at Midtvoll", seen_by = { "crisis" }, source = "assumption" }
service "gensets.port"  { domain = "energy", name = "Mobile generators at Vindhavn", seen_by = { "crisis", "rail" }, source = "assumption" }
service "gensets.eu"    { domain = "energy", name = "Generators from abroad", level = 0, seen_by = { "crisis", "eu" }, source = "assumption" }

service "crew.road" { domain = "transport", name = "Way to Midtvoll for the heavy crew", seen_by = { "tso", "rail" },
  needs = {
    guess { "road.e12", group = "way", kind = "physical" },
    guess { "rail.corridor", group = "way", kind = "physical" },
  }, source = "assumption" }

service "cable.ship" { domain = "transport", name = "Cable ship Merel at the break", level = 0, seen_by = { "csirt", "alliance" }, source = "assumption" }

-- Repairs ----------------------------------------------------------------------------------------

repair "fix.midtvoll" { service = "sub.midtvoll", name = "Busbar and breaker at Midtvoll, one crew", work = "28h",
  needs = { { "tso.voice", level = 100 }, { "crew.road", level = 25 } },
  source = "assumption; the voice it needs lasts 24 h by Commission Regulation (EU) 2017/2196 Art. 41(1)" }

repair "fix.midtvoll.joint" { service = "sub.midtvoll", name = "Busbar and breaker at Midtvoll, with Lysmark's crew", work = "28h", crews = 2,
  needs = { { "tso.voice", level = 100 }, { "crew.road", level = 25 } }, source = "assumption" }

repair "fix.fibre" { service = "fibre.kaldra", name = "Splice of Kaldra-1", work = "40h",
  needs = { { "cable.ship", level = 50 } }, source = "assumption" }

cyber.backup "tms.fast"  { service = "rail.tms", name = "Traffic control from last night's backup", takes = "4h", needs = { { "dc.haver", level = 50 } } }
cyber.backup "tms.clean" { service = "rail.tms", name = "Traffic control rebuilt from the January image", takes = "15h", needs = { { "dc.haver", level = 50 } } }

energy.black_start_plan "rokken-start" { steps = {
  { "rokken.feeder", hold = "60m", next = "5m" },
  { "gas.compressor", hold = "60m", next = "10m" },
  { "rokken.plant", hold = "60m", next = "45m" },
} }
