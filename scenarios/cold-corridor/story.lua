-- How the day branches: what follows from decisions, from the model, and from what nobody did.
-- Every consequence is an act on the world of world.lua, or an inject that the world's levels call for.

local texts = require "texts"
local energy = require "energy"
local cyber = require "cyber"
local transport = require "transport"
local space = require "space"


local day = {}

-- For texts -----------------------------------------------------------------------------------------

function day.choice(id)
  local d = decided(id)
  return d and d.option
end
local choice = day.choice

function day.percent(id)
  return level(id) .. " %"
end
local percent = day.percent

function day.outlook(id)
  local ahead = outlook(id)
  if not ahead.at then return ahead.trend end
  return ahead.trend .. ": " .. ahead.level .. " % at " .. ahead.at
end

local words = {
  ["D-08"] = { rail = "wait for the rails", road = "the E 12", sea = "two ferries to Osthavn" },
  ["D-12"] = { even = "evenly, rural feeders too", cities = "capital and coast", industry = "smelter and cold stores" },
}

-- A decision in a few words, for a sentence.
function day.words(id)
  return words[id][choice(id) or ""] or "an answer of your own"
end

local function after_night(good, text, otherwise)
  return good and text or otherwise
end

function day.morning()
  local known = {
    "north, power: " .. because "district.north" .. "; mobile " .. percent "mobile.north" .. ", emergency radio " .. percent "tetra.north",
    "gas grid " .. percent "gas.grid" .. ", heat in the capital " .. percent "heat.haver" .. ", power balance " .. percent "balance",
    "rail corridor " .. percent "rail.corridor" .. ", commuter trains " .. percent "rail.commuter",
    after_night(level "brigade" == 100, "the military transport is in Grensby", "the military transport is not in Grensby"),
    "Midtvoll hospital " .. percent "hospital.north" .. ", food and fuel for the north " .. percent "supply.north",
    "traffic with the world " .. percent "internet" .. ", time network " .. percent "time.net",
  }
  return texts.sitrep {
    time = story(), source = "Joint watch of all seven desks",
    known = known,
    unknown = { "who or what damaged cable and pipe", "whether yesterday is over" },
    asked = { "where two of you read different numbers above: say so now" },
  }
end

local done_by = { midtvoll = "late this afternoon", rokken = "about nine tonight", hold = "about ten tonight" }

function day.telephone()
  local ahead = outlook "tso.voice"
  if level "sub.midtvoll" == 100 then
    return "\"Alm, Midtvoll. You can take me off your list: busbar is in, breaker's in, the lamp over the yard is on. Lysmark's people drank all our coffee and were worth it.\n\nThree things before I sleep. Nobody here ever wrote down that the telephone for the whole north hangs on our own yard. Nobody wrote down that the compressor hangs on feeder four. And I'd like to know what the third one is.\n\nWho keeps the list of what hangs on what? If it's nobody, I have a pencil.\""
  end
  return "\"Alm, Midtvoll yard. Both hands in the breaker, so quickly. The relay is on "
    .. (ahead.at and ("its last fuel: by my gauge it goes silent at " .. ahead.at) or "good fuel, my gauge says all day")
    .. ".\n\nWithout a voice from your desk I may not close anything, and I wouldn't want to. "
    .. (ahead.at and "Then I stop, and there's no power here to bring the relay back, and no relay to bring the power back. I've slept four hours and I still see it."
      or "So I go on. What I need from you is one operator who stays on the line and doesn't change shift at two.")
    .. "\n\nWe'd be done " .. (done_by[choice "D-05" or ""] or "tonight") .. (ahead.at and ", if I can talk" or "") .. ". What do I tell my people?\""
end

-- 2933333 as "2.9 million", 36266 as "36,000".
local function about(n)
  if n >= 1000000 then return string.format("%d.%d million", n // 1000000, n // 100000 % 10) end
  if n >= 1000 then return string.format("%d,000", n // 1000) end
  return string.format("%d", n)
end

function day.eleven()
  return "\"Mira Holt. At eleven I've the Prime Minister, at five past Lysmark's. And numbers from somebody who can count: since yesterday noon the north has lost "
    .. about(lost_hours "district.north") .. " user-hours of power and " .. about(lost_hours "mobile.north")
    .. " of telephone. Are they right? If they're wrong, I'd like better ones; if they're right I'd like to hear it from you.\n\nMy listeners have two questions. They don't ask who. They ask: why did the gas, the train and the telephone shake, when it was a cable that broke? And: does it happen again tonight?\n\nWhoever explains that in a minute gets two.\""
end

function day.merel()
  local out = level "cable.ship" > 0
  return "\"Master of the Merel. " .. (out and "We've been on the break since last night with a grey ship beside us, and both ends are on deck. Forty hours of splicing if the sea stays down."
    or "We're still in Vindhavn with steam up. Nobody would sail with us, and I don't grapple alone at night with my positions jumping.")
    .. " The forecast gives me until Friday.\n\nTwo questions. My plough is steered by satellite positions; yours are at " .. percent "gnss.sea"
    .. ": does that get better, yes or no? And there is a mark on the sea floor as broad as a door, north-east to south-west. I've filmed it. Who gets the film first: Lysmark, whose water it is, you, or the newspapers that have already rung?\""
end

-- Branch injects --------------------------------------------------------------------------------------

local function branch(number, to, from, channel, title, slug, objective, notes, urgent)
  inject ("INJ-" .. number) { to = to, from = from, channel = channel, title = title, urgent = urgent,
    text = file("texts/inj-" .. number .. "-" .. slug .. ".md"), objective = objective, notes = notes }
end

branch(71, { "space", "csirt" }, "Havtel, radio planning", "email", "On our own clocks", "own-clocks", "OBJ-7")
branch(72, { "space", "csirt", "rail" }, "Havtel network operations", "alert", "A wrong second", "wrong-second", "OBJ-7",
  "Because receivers stayed on the antenna (D-01). The time network falls to 60 %; D-11 puts it right.", true)
branch(73, { "space", "csirt", "rail" }, "Havtel network operations", "alert", "The clocks have run out", "run-out", "OBJ-7",
  "Because the model says so: the holdover is empty.", true)
branch(74, { "csirt", "eu" }, "Academic network and banks' clearing house", "phone", "You took half of our road", "half-road", "OBJ-7")
branch(75, { "space", "rail" }, "Technician on the E 12", "phone", "A clock on the passenger seat", "passenger-seat", "OBJ-7")
branch(76, { "alliance" }, "Alliance maritime desk", "chat", "The dots have stopped", "dots", "OBJ-7")
branch(77, { "rail", "crisis" }, "Island mayor, Ytre Holm", "phone", "Six thousand behind one wire", "ytre-holm", "OBJ-7")
branch(78, { "tso" }, "Beam planning", "email", "Not for you", "not-for-you", "OBJ-7")
branch(79, { "tso", "crisis" }, "Askholm converter station", "alert", "Tripped", "tripped", "OBJ-3",
  "Price of full load without telecontrol: a swell on the sea electrode is enough. The link is out until the model's script gives it back at T+3:00 (night).", true)
branch(80, { "tso" }, "Askholm converter station", "phone", "By way of the sky", "by-sky", "OBJ-3")
branch(81, { "rail", "alliance" }, "Runa Vik, dispatch supervisor", "phone", "Red from coast to border", "red", "OBJ-9")
branch(82, { "rail" }, "Runa Vik, dispatch supervisor", "phone", "Half a railway", "half", "OBJ-9")
branch(83, { "rail", "csirt" }, "Runa Vik, dispatch supervisor", "phone", "It was in the south all along", "south", "OBJ-9", nil, true)
branch(84, { "csirt", "rail" }, "Lysmark's CSIRT", "email", "Fair exchange", "exchange", "OBJ-9",
  "Only because D-04 was raw. With it, last night's backup can be cleaned: D-14 fast is then safe.")
branch(85, { "rail", "csirt", "crisis" }, "Runa Vik, dispatch supervisor", "phone", "Everything has a new name", "new-name", "OBJ-9", nil, true)
branch(86, { "csirt", "alliance", "rail" }, "sornia", "phone", "Grensby shows red", "grensby-red", "OBJ-9",
  "Because nobody warned them (D-04). The border station is at 30 %: the transport stands in front of it whichever way it comes.", true)
branch(87, { "csirt", "eu" }, "sornia", "email", "Shut in time", "shut-in-time", "OBJ-9")
branch(88, { "rail", "crisis" }, "Passenger information, Haver Central", "phone", "They know about the freight", "know", "OBJ-5")
branch(89, { "rail", "alliance" }, "transport-command", "phone", "People first, I understand", "people-first", "OBJ-8")
branch(90, { "rail", "alliance" }, "Runa Vik, dispatch supervisor", "phone", "A little for everybody", "little", "OBJ-5")
branch(91, { "crisis", "rail", "alliance" }, "Wholesalers of the north", "phone", "Behind the tanks", "behind", "OBJ-5")
branch(92, { "crisis", "rail" }, "Island mayor, Ytre Holm", "phone", "Our boats", "our-boats", "OBJ-5")
branch(93, { "alliance", "eu" }, "transport-command", "email", "Then I need it in writing", "in-writing", "OBJ-8")
branch(94, { "alliance", "crisis" }, "transport-command", "phone", "Nineteen hundred it is", "nineteen", "OBJ-8")
branch(95, { "crisis", "rail", "alliance" }, "Police, traffic control E 12", "radio", "Nine hundred cars at Skar bridge", "skar-bridge", "OBJ-4",
  "Because the road is below half: the false order was not denied in time. A denial now shortens the night.", true)
branch(96, { "rail", "tso" }, "Harbour master, Vindhavn", "phone", "Nordlys alongside", "alongside", "OBJ-3")
branch(97, { "rail", "tso" }, "Master of the Nordlys", "radio", "Dropping anchor", "anchor", "OBJ-3")
branch(98, { "rail", "csirt" }, "Runa Vik, dispatch supervisor", "phone", "He was in the backup", "in-backup", "OBJ-9",
  "D-14 fast without the trick from Lysmark (INJ-84).", true)
branch(101, "all", "press", "press", "Five o'clock: switch something off", "appeal", "OBJ-2")
branch(102, "all", "press", "press", "Five o'clock: supply is secure", "calm", "OBJ-2")
branch(103, "all", "press", "press", "Five o'clock: nobody was available", "nobody", "OBJ-2")
branch(104, { "tso", "crisis" }, "Grid control, balancing desk", "alert", "Rotating", "rotating", "OBJ-3",
  "Feeder 4 is on this list. The compressor stands from this minute; the model does the rest.", true)
branch(105, { "tso", "crisis", "rail" }, "Grid control, balancing desk", "alert", "Dark by the quarter", "quarter", "OBJ-3", nil, true)
branch(106, { "tso", "crisis" }, "Smelter, pot room", "phone", "You have three hours", "three-hours", "OBJ-3", nil, true)
branch(107, { "tso", "crisis" }, "Grid control, balancing desk", "chat", "The list stays in the drawer", "drawer", "OBJ-3")
branch(108, { "tso" }, "Per Odd Lie, foreman, Rokken compressor", "phone", "It has gone quiet here", "quiet", "OBJ-10",
  "Because the compressor is at 0. Seventy-five minutes of pressure are left. Feeder 4 back now, before the gas is gone, saves it: fire nothing, let them find it.", true)
branch(109, { "tso", "crisis", "eu" }, "gas", "alert", "No pressure", "no-pressure", "OBJ-3", nil, true)
branch(110, { "tso" }, "Grid control, central desk", "phone", "Four things, each waiting for the next", "four-things", "OBJ-10",
  "The deadlock, by name, is in the model's report to you. D-19 follows.", true)
branch(111, { "tso", "crisis" }, "Rokken power station, shift engineer", "phone", "A cough, and a hum", "hum", "OBJ-10")
branch(112, { "tso" }, "Crew leader Sunniva Alm, Midtvoll yard", "radio", "Tools down", "tools-down", "OBJ-10")
branch(113, { "tso", "crisis" }, "Mayor of Rokken", "phone", "Until daylight", "daylight", "OBJ-10")
branch(114, { "crisis" }, "county", "phone", "The radio lives", "radio-lives", "OBJ-6")
branch(115, { "crisis" }, "Hospital director, Midtvoll", "phone", "Diesel at the back door", "back-door", "OBJ-6")
branch(116, { "crisis", "tso" }, "Winter fuel depot, Skar pass", "phone", "A telephone, of all things", "of-all-things", "OBJ-10")
branch(117, { "alliance", "tso" }, "coastguard", "radio", "It has looked up and gone round", "gone-round", "OBJ-1")
branch(118, { "tso", "alliance", "eu" }, "Askholm converter station", "alert", "Kaldra Link gone", "link-gone", "OBJ-3", nil, true)
branch(119, { "crisis", "csirt" }, "county", "phone", "Twelve lorries with a hum", "twelve", "OBJ-7")
branch(120, { "crisis", "rail" }, "Harbour master, Vindhavn", "phone", "Twelve boxes on the quay", "boxes", "OBJ-8")
branch(121, { "crisis" }, "county", "phone", "In Haver, you say", "in-haver", "OBJ-6")
branch(122, { "tso" }, "Crew leader Sunniva Alm, Midtvoll yard", "phone", "Boots on", "boots", "OBJ-10")
branch(123, { "tso" }, "Crew leader Sunniva Alm", "phone", "Closing the Rokken line", "closing", "OBJ-10")
branch(124, { "tso" }, "Crew leader Sunniva Alm", "phone", "Eight people and a thermos", "thermos", "OBJ-10")
branch(125, { "eu", "crisis" }, "Emergency Response Coordination Centre", "email", "Four sets, by air", "by-air", "OBJ-6")
branch(126, { "eu", "tso" }, "lysmark", "phone", "On the road by three", "by-three", "OBJ-1")
branch(127, { "eu", "tso" }, "Sornia's gas grid", "email", "Half of what is missing", "half-gas", "OBJ-3")
branch(128, { "crisis", "csirt", "space" }, "county", "radio", "By radio, because it is the last", "last", "OBJ-6",
  "Because the model has the northern mobile network below half. {{…}} quotes why.", true)
branch(129, { "rail", "alliance" }, "Signal technicians, Midtvoll", "radio", "Empty", "empty", "OBJ-8", nil, true)
branch(130, { "tso", "crisis" }, "Rescue coordination", "radio", "Fuel instead of people", "fuel", "OBJ-10")
branch(131, { "tso", "space" }, "Beam planning", "chat", "You sound like a diver", "diver", "OBJ-10")
branch(132, { "tso", "crisis" }, "Crew leader Sunniva Alm, Midtvoll yard", "radio", "Hands off", "hands-off", "OBJ-10",
  "The second circle has closed: the repair stands for ever, hours short. The engine has told you who waits for whom.", true)
branch(133, "all", "press", "press", "Two governments, one page", "one-page", "OBJ-2")
branch(134, "all", "press", "press", "First, and alone", "alone", "OBJ-2")
branch(135, "all", "press", "press", "Eleven o'clock, and a film", "film-again", "OBJ-2")
branch(136, { "csirt", "rail" }, "Rail security operations, two people", "chat", "Four hours, counting", "four-hours", "OBJ-9")
branch(137, { "csirt", "rail" }, "Rail security operations, two people", "chat", "Fifteen hours, and a clean conscience", "fifteen", "OBJ-9")
branch(138, { "tso", "crisis" }, "Grid control, central desk", "alert", "Frequency did it", "frequency", "OBJ-3",
  "Because the balance fell below 84 %: under-frequency relays switch by fixed stages. No list, no choice.", true)
branch(140, { "tso", "crisis", "eu" }, "gas", "phone", "The store is empty", "store-empty", "OBJ-3",
  "The pipe's last gas went at 08:21: nothing else was let in (D-16, D-07). The circle of Rokken has stopped with it.", true)
branch(139, { "crisis", "alliance" }, "Hospital director, Midtvoll", "phone", "Sixty-four, by torchlight", "torchlight", "OBJ-6", nil, true)

-- Contingency injects: each comes only because an expected action did not (expect … in scenario.lua).
branch(201, { "csirt" }, "sornia", "phone", "We hear your railway has guests", "guests", "OBJ-9", "Contingency for EXP-01: goes by itself.")
branch(202, { "rail", "space" }, "Captain Dagny Rei, pilots, Vindhavn", "radio", "One metre of water", "one-metre", "OBJ-7", "Contingency for EXP-02: goes by itself.", true)
branch(203, { "eu", "alliance" }, "minister", "phone", "Two papers on one desk", "two-desks", "OBJ-1", "Contingency for EXP-03: you release it.")
branch(204, { "crisis", "tso" }, "county", "phone", "Nobody tells me why", "nobody-tells", "OBJ-10", "Contingency for EXP-04: goes by itself.")
branch(205, { "crisis", "rail" }, "press", "phone", "I have the voice on tape", "tape", "OBJ-4", "Contingency for EXP-05: you release it.", true)
branch(206, { "tso" }, "Per Odd Lie, foreman, Rokken compressor", "phone", "Did you find my name?", "my-name", "OBJ-10", "Contingency for EXP-06: you release it, if D-12 may become 'even'.")
branch(207, { "csirt", "eu" }, "EU-CyCLONe, officer of the day", "email", "One country or two?", "cyclone", "OBJ-9", "Contingency for EXP-07: goes by itself.")
branch(208, { "crisis", "alliance" }, "Police, traffic control E 12", "phone", "Somebody parks tanks on my road", "tanks", "OBJ-8", "Contingency for EXP-08: you release it.")
branch(209, { "alliance", "eu" }, "minister", "phone", "He reads yours first", "yours-first", "OBJ-1", "Contingency for EXP-11: you release it.")

-- Space: positions and time (D-01, D-11) ------------------------------------------------------------------

storyline "the sky" (function ()
  wait_until "T+0:01"
  space.jam("gnss.sea", 20)
  space.jam("gnss.time", "moderate")
  wait_until "T+0:12"
  local antenna = ask "D-01"
  if antenna.option == "holdover" then
    space.jam("gnss.time", "total")
    wait "4m"
    send "INJ-71"
  else
    wait_until "T+1:03"
    set("time.net", 60)
    send "INJ-72"
  end

  wait_until "T+1:34"
  local clocks = ask "D-11"
  if clocks.option == "fibre" then
    set("fibre.land", 50)
    set("time.net", 100)
    open_alternative("time.net", "time.ref")
    wait "7m"
    send "INJ-74"
  elseif clocks.option == "cars" then
    wait_until "T+2:06"
    set("time.net", 100)
    refuel("time.net", "gnss.time")
    send "INJ-75"
  end

  wait_until "T+3:00" -- the night is over, and so is the worst of the interference: luck, not merit
  space.jam("gnss.sea", "light")
  space.restore("gnss.time", "time.net")
end)

when(function () return level "time.net" < 50 and now() < 3 * 3600 end, function () send "INJ-73" end)

-- Energy: the link, the pipe, Midtvoll (D-02, D-23, D-05, D-07, D-16) --------------------------------------

storyline "the sea floor" (function ()
  wait_until "T+0:08"
  set("fibre.kaldra", 0)
  wait_until "T+0:22"
  set("sub.midtvoll", 0)
  wait_until "T+0:30"
  set("gas.kaldra", 0)
end)

storyline "the link" (function ()
  wait_until "T+0:18"
  local link = ask "D-02"
  if link.option == "satline" then
    wait "2m"
    local whose = ask "D-23"
    if whose.option == "army" or whose.option == "islands" then
      open_alternative("hvdc.kaldra", "satcom.north")
      if whose.option == "army" then
        set("convoy.picture", 50)
        wait "9m"
        send "INJ-76"
      else
        set("ferry.islands", 70)
        wait "9m"
        send "INJ-77"
      end
    else
      wait "3m"
      send "INJ-78"
    end
  elseif link.option == "full" then
    black_start("hvdc.kaldra", "210m") -- held up by hand, whatever it needs
    wait_until "T+1:47"
    set("hvdc.kaldra", 0)
    send "INJ-79"
  end
end)

local function by_sky()
  local whose = choice "D-23"
  return (whose == "army" or whose == "islands") and level "hvdc.kaldra" == 100
end

when(by_sky, function ()
  wait "3m"
  send "INJ-80"
end)

storyline "one heavy crew" (function ()
  wait_until "T+0:52"
  local crew = ask "D-05"
  wait "3m"
  if crew.option == "midtvoll" then
    start_repair "fix.midtvoll"
    send "INJ-122"
  elseif crew.option == "rokken" then
    open_alternative("rokken.feeder", "rokken.line")
    send "INJ-123"
    wait_until "T+2:08"
    start_repair "fix.midtvoll"
  else
    send "INJ-124"
    wait_until "T+2:38"
    start_repair "fix.midtvoll"
  end
end)

storyline "six people and a bus" (function ()
  wait_until "T+1:57"
  if choice "D-07" ~= "crew" then send "INJ-45" end
end)

storyline "the battery cupboard" (function ()
  wait_until "T+1:42"
  if choice "D-06" ~= "north" then send "INJ-41" end
end)

storyline "one request first" (function ()
  wait_until "T+1:04"
  local request = ask "D-07"
  wait "10m"
  if request.option == "crew" then
    send "INJ-126"
    wait_until "T+2:35"
    start_repair "fix.midtvoll.joint"
  elseif request.option == "gas" then
    send "INJ-127"
    wait_until "T+2:36"
    open_alternative("gas.grid", "gas.sornia")
  else
    send "INJ-125"
    wait_until "T+2:54"
    set("gensets.eu", 100)
    open_alternative("hospital.north", "gensets.eu")
  end
end)

storyline "the gas ship" (function ()
  wait_until "T+1:36"
  local ship = ask "D-16"
  wait "4m"
  if ship.option == "berth" then
    set("ferry.islands", 50)
    open_alternative("gas.grid", "gas.lng")
    send "INJ-96"
    wait_until "T+2:50"
    set("ferry.islands", 100)
  elseif ship.option == "anchor" then
    send "INJ-97"
    wait_until "T+2:52"
    open_alternative("gas.grid", "gas.lng")
  else
    send "INJ-97"
  end
end)

storyline "twelve generators" (function ()
  wait_until "T+0:55"
  local sets = ask "D-06"
  wait "6m"
  if sets.option == "north" then
    open_alternative("mobile.north", "gensets.north")
    open_alternative("tetra.north", "gensets.north")
    open_alternative("rail.signals", "gensets.north")
    send "INJ-119"
  elseif sets.option == "port" then
    open_alternative("port.vindhavn", "gensets.port")
    open_alternative("gas.lng", "gensets.port")
    send "INJ-120"
  else
    send "INJ-121"
  end
end)

-- Rail and what came in by the wire (D-03, D-04, D-10, D-14) -----------------------------------------------

storyline "the stranger" (function ()
  wait_until "T+0:42"
  local door = ask "D-03"
  if door.option == "isolate" then
    cyber.isolate("rail.tms", { techniques = { "T0859", "T0822" } })
    wait "3m"
    send "INJ-81"
    wait_until "T+1:04"
    send "INJ-157"
  elseif door.option == "segment" then
    cyber.compromise("rail.tms", { level = 50, techniques = { "T0859", "T0822" } })
    wait "3m"
    send "INJ-82"
    wait_until "T+1:30"
    cyber.compromise("rail.tms", { level = 0, techniques = { "T1486", "T0826" } })
    send "INJ-83"
  else
    cyber.compromise("rail.tms", { level = 100, techniques = { "T0859", "T0831", "T0832" } })
    wait_until "T+1:10"
    cyber.compromise("rail.tms", { level = 0, techniques = { "T1486", "T1490", "T0826" } })
    send "INJ-85"
    wait "6m"
    send "INJ-157"
  end
end)

storyline "dispatch on paper" (function ()
  wait_until "T+1:12"
  local paper = ask "D-10"
  if paper.option == "freight" then
    open_alternative("rail.corridor", "rail.manual")
    wait_until "T+1:48"
    send "INJ-88"
  elseif paper.option == "both" then
    set("rail.manual", 20)
    open_alternative("rail.corridor", "rail.manual")
    open_alternative("rail.commuter", "rail.manual")
    wait_until "T+1:48"
    send "INJ-90"
  else
    open_alternative("rail.commuter", "rail.manual")
    wait_until "T+1:48"
    send "INJ-89"
  end
end)

storyline "shared or not" (function ()
  wait_until "T+1:00"
  local list = ask "D-04"
  if list.option == "raw" then
    wait_until "T+1:32"
    send "INJ-84"
    wait "8m"
    send "INJ-87"
  else
    wait_until "T+1:40"
    set("border.grensby", 30)
    send "INJ-86"
  end
end)

storyline "the backup" (function ()
  wait_until "T+1:50"
  if level "rail.tms" == 100 then return end
  local image = ask "D-14"
  if image.option == "fast" then
    cyber.restore_from_backup("tms.fast", { service = "rail.tms" })
    wait "5m"
    send "INJ-136"
    wait_until "T+3:00"
    if not sent "INJ-84" then
      cyber.compromise("rail.tms", { level = 0, techniques = { "T1053", "T1486" } })
      wait "2m"
      send "INJ-98"
    end
  else
    cyber.restore_from_backup("tms.clean", { service = "rail.tms" })
    wait "5m"
    send "INJ-137"
  end
end)

-- The transport (D-08, D-09) -----------------------------------------------------------------------------------

local function way_of(asked)
  return asked == "sea" and "port.osthavn" or "road.e12"
end

storyline "eleven trainloads" (function ()
  wait_until "T+0:58"
  local way = ask "D-08"
  if way.option ~= "road" and way.option ~= "sea" then
    transport.move "brigade"
    wait_until "T+1:44"
    send "INJ-93"
    return
  end
  wait_until "T+1:13"
  local word = ask "D-09"
  wait "3m"
  if word.option == "refuse" then
    transport.move "brigade"
    wait_until "T+1:44"
    send "INJ-93"
    return
  end
  transport.clear("corridor", way_of(way.option))
  if word.option == "night" then
    wait_until "T+1:34"
    send "INJ-94"
    wait_until "T+2:57"
  end
  transport.open("corridor", way_of(way.option))
  transport.move "brigade"
  if way.option == "sea" then
    set("ferry.islands", 40)
    wait_until "T+1:34"
    send "INJ-92"
  else
    wait_until "T+1:39"
    send "INJ-91"
  end
end)

-- The peak (D-13, D-12, D-19) ----------------------------------------------------------------------------------

local function bulletin(said_at_five)
  if said_at_five == "appeal" then return "INJ-101" end
  return said_at_five == "calm" and "INJ-102" or "INJ-103"
end

storyline "five o'clock" (function ()
  wait_until "T+1:44"
  local words_at_five = ask "D-13"
  wait_until "T+2:09"
  set("balance", words_at_five.option == "appeal" and 97 or 94)
  wait_until "T+2:14"
  send(bulletin(words_at_five.option))
  if words_at_five.option == "appeal" then
    wait "6m"
    if level "road.e12" > 75 then set("road.e12", 75) end
  end
end)

storyline "whom we switch off" (function ()
  wait_until "T+1:59"
  local list = ask "D-12"
  wait_until "T+2:12"
  if level "balance" >= 95 then
    send "INJ-107"
    return
  end
  if list.option == "cities" then
    set("district.haver", 60)
    set("district.coast", 60)
    send "INJ-105"
    wait_until "T+2:54"
    if level "balance" >= 88 then
      set("district.haver", 100)
      set("district.coast", 100)
    end
  elseif list.option == "industry" then
    set("smelter", 0)
    send "INJ-106"
  else
    set("district.haver", 90)
    set("district.coast", 90)
    set("rokken.feeder", 0)
    send "INJ-104"
    wait_until "T+2:46"
    set("rokken.feeder", 100)
    if level "balance" >= 88 then
      set("district.haver", 100)
      set("district.coast", 100)
    end
  end
end)

-- Plant and import lost at the peak: nobody chooses any more, frequency does.
when(function () return now() > 2 * 3600 and level "balance" < 84 end, function ()
  set("district.haver", 80)
  set("district.coast", 80)
  send "INJ-138"
end)

when(function () return level "gas.compressor" == 0 end, function ()
  wait "4m"
  if level "gas.compressor" == 0 then send "INJ-108" end
end)

when(function () return level "gas.grid" < 50 end, function ()
  send(level "gas.compressor" == 0 and now() < 3 * 3600 and "INJ-109" or "INJ-140")
end)

-- The circle, as the model sees it: everything that was switched off is on again, and nothing comes back.
local function is_stuck()
  return now() > (2 * 60 + 46) * 60 and now() < 3 * 3600 and level "rokken.feeder" == 0 and level "rokken.plant" == 0
end

local function generators()
  local at = choice "D-06"
  if at == "north" then
    set("gensets.north", 0)
  elseif at == "port" then
    set("gensets.port", 0)
    set("port.vindhavn", 60)
  end
end

when(is_stuck, function ()
  send "INJ-110"
  wait "1m"
  local out = ask "D-19"
  if out.option == "black-start" then
    generators()
    if energy.black_start "rokken-start" then send "INJ-111" end
  elseif out.option == "line" then
    set("crew.road", 0)
    open_alternative("rokken.feeder", "rokken.line")
    send "INJ-112"
    wait "4h story"
    set("crew.road", 100)
  else
    wait "2m"
    send "INJ-113"
  end
end)

-- The north at night (D-15, D-18, D-21) --------------------------------------------------------------------------

when(function () return level "mobile.north" < 50 end, function () send "INJ-128" end)
when(function () return level "rail.signals" < 50 end, function () send "INJ-129" end)

on("inject", function (event)
  if event.inject ~= "INJ-43" then return end
  local sent_at = event.t
  wait "14m"
  local denial = said("crisis", "press")
  if not denial or denial.t < sent_at then
    set("road.e12", 30)
    wait "30m"
    set("road.e12", 80)
  end
end)

when(function () return level "road.e12" < 50 end, function () send "INJ-95" end)

storyline "one tanker" (function ()
  wait_until "T+2:34"
  local fuel = ask "D-15"
  wait "4m"
  if fuel.option == "voice" then
    refuel("tso.voice", "sub.midtvoll")
    send "INJ-116"
  elseif fuel.option == "hospital" then
    refuel("hospital.north", "district.north")
    send "INJ-115"
  else
    refuel("tetra.north", "district.north")
    send "INJ-114"
  end
end)

storyline "two patrol ships" (function ()
  wait_until "T+2:20"
  local guard = ask "D-18"
  wait_until "T+2:45"
  if guard.option == "link" then
    send "INJ-117"
    return
  end
  if guard.option == "cable" then
    set("cable.ship", 100)
    start_repair "fix.fibre"
  else
    set("ferry.islands", 100)
  end
  wait_until "T+2:57"
  set("hvdc.kaldra", 0)
  send "INJ-118"
end)

storyline "the telephone" (function ()
  wait_until "T+3:04"
  local ahead = outlook "tso.voice"
  if level "hospital.north" < 50 then send "INJ-139" end
  if ahead.trend ~= "worsening" then return end
  local voice = ask "D-21"
  if voice.option == "helicopter" then
    wait "3m"
    refuel("tso.voice", "sub.midtvoll")
    send "INJ-130"
  elseif voice.option == "satellite" then
    set("convoy.picture", 50)
    open_alternative("tso.voice", "satcom.north")
    wait "3m"
    send "INJ-131"
  end
end)

when(function () return now() > 3 * 3600 and level "tso.voice" < 100 end, function () send "INJ-132" end)

storyline "eleven o'clock" (function ()
  wait_until "T+3:08"
  local page = ask "D-17"
  wait_until "T+3:18"
  if page.option == "joint" then
    send "INJ-133"
  elseif page.option == "own" then
    send "INJ-134"
  else
    send "INJ-135"
  end
end)

when(function () return read("rail", "INJ-21") end, function ()
  note "Rail is aware of the intruder: NIS2 24 h run from here, and end in the morning of day 2."
end)

return day
