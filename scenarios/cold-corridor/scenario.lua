-- Cold Corridor: one winter day and the morning after, for seven teams in four domains.
-- README.md tells the controller how to conduct it, SOURCES.md what is record and what is invented,
-- world.lua is the model that the consequences come from, decisions.lua what is asked and expected of
-- whom, story.lua how the day branches.
--
-- Numbers: INJ-01 to INJ-69 and INJ-141 to INJ-160 come by the clock; INJ-71 and up are sent by story.lua, because somebody
-- decided or because the model says so; INJ-201 and up are contingency injects.
-- T+0:00 is 11:00 local; the story runs 2.7 times as fast, so that 17:00 comes at T+2:13.

local texts = require "texts"

exercise "cold-corridor" {
  title   = "Cold Corridor",
  startex = "2026-02-10 11:00+01:00",
  length  = "3h35m",
  marking = "TLP:CLEAR",
  pace    = 2.7,
  brief   = file "texts/brief-all.md",
}

phase "day-2" { title = "Day 2, the morning after", text = file "texts/day-2.md",
  at = "T+3:00", story = "2026-02-11 10:30", pace = 4 }

-- Teams -----------------------------------------------------------------------------------------

team "crisis"   { name = "National crisis cell", seats = 2, brief = file "texts/brief-crisis.md" }
team "tso"      { name = "Transmission system operator", seats = 2, brief = file "texts/brief-tso.md" }
team "rail"     { name = "Rail and port operator", seats = 2, brief = file "texts/brief-rail.md" }
team "space"    { name = "Satellite and timing operator", seats = 2, brief = file "texts/brief-space.md" }
team "csirt"    { name = "National CSIRT", seats = 2, brief = file "texts/brief-csirt.md" }
team "eu"       { name = "EU liaison cell", seats = 2, brief = file "texts/brief-eu.md" }
team "alliance" { name = "Alliance liaison cell", seats = 2, brief = file "texts/brief-alliance.md" }

-- Organisations that SIMCELL speaks for -----------------------------------------------------------

party "press" { name = "Kaldra Radio newsroom",
  notes = "Mira Holt. Fair, fast, live at the full hour. Rings back once; then she fills the gap with whoever talks." }
party "coastguard" { name = "Coast Guard operations",
  notes = "Commander Eskil Rand. Has radar, two patrol vessels and no mandate to board in international waters on a suspicion." }
party "gas" { name = "Gas grid dispatch",
  notes = "Ulla Brekke. Knows pressures by heart. Does not know on whose feeder her compressor hangs; its foreman, Per Odd Lie, does." }
party "lysmark" { name = "Lysmark's crisis centre",
  notes = "Duty director Anna Keel. Has the other end of cable, pipe and link, a repair crew of six and the same press. Shares as much as she gets." }
party "sornia" { name = "Sornia's transport ministry",
  notes = "Desk officer Ivo Marin. Clears convoys if he has a list, axle loads and one telephone number that answers. Angry when he reads of things first in the paper." }
party "transport-command" { name = "Movement control of the brigade",
  notes = "Major Lena Aalto. Eleven trainloads, a border slot at six tomorrow, coffee. Takes any route she can tell her drivers in one sentence." }
party "county" { name = "County of the North, duty officer",
  notes = "Siri Moen in Midtvoll: hospital, sports halls, 160,000 people at -19 °C. Says what is; asks for what she needs." }
party "minister" { name = "Prime Minister's private office",
  notes = "Jonas Weil. Short sentences, still true tomorrow. No culprit: that is the Cabinet's." }

-- What the exercise is for ------------------------------------------------------------------------

objective "OBJ-1" { team = "all",
  text = "EU and alliance teams brief each other and the national cell, in parallel and from one picture, before anyone outside asks for it.",
  capability = "NATO-EU Task Force 2023: swift engagement, parallel and coordinated assessments, cross-briefings" }
objective "OBJ-2" { team = { "crisis", "tso", "csirt", "eu", "alliance" },
  text = "Keep government able to decide and be heard: priorities in writing, one voice, no culprit.",
  capability = "NATO baseline requirement 1: assured continuity of government and critical government services" }
objective "OBJ-3" { team = { "tso", "crisis", "eu" },
  text = "Hold the power balance through the peak, know what hangs on what before switching anything off, and keep gas and power from pulling each other down.",
  capability = "NATO baseline requirement 2: resilient energy supplies (sectors: energy)" }
objective "OBJ-4" { team = { "crisis", "rail", "alliance" },
  text = "Stop a false order from putting people on the road; if they are there, look after them.",
  capability = "NATO baseline requirement 3: ability to deal effectively with uncontrolled movement of people" }
objective "OBJ-5" { team = { "crisis", "rail" },
  text = "Keep water in the capital and food and fuel on the way to the north while the road carries more than it was built for.",
  capability = "NATO baseline requirement 4: resilient food and water resources" }
objective "OBJ-6" { team = { "crisis", "alliance" },
  text = "Keep the northern hospital and the emergency radio alive through the night.",
  capability = "NATO baseline requirement 5: ability to deal with mass casualties and disruptive health crises" }
objective "OBJ-7" { team = { "space", "csirt", "tso" },
  text = "Warn in time of what fails when the clocks run out, and give scarce capacity to those who need it most.",
  capability = "NATO baseline requirement 6: resilient civil communications systems (sectors: digital infrastructure, space)" }
objective "OBJ-8" { team = { "rail", "alliance", "crisis", "eu" },
  text = "Find an alternative route for military and civil transport, clear it in time, and share the capacity openly.",
  capability = "NATO baseline requirement 7: resilient transport systems (sectors: transport); Task Force 2023: alternative transport routes for civil and military mobility" }
objective "OBJ-9" { team = { "csirt", "rail" },
  text = "Recognise the intrusion, contain it, share what others need to protect themselves, and report in the time the law gives.",
  capability = "NATO baseline requirement 6: resilient civil communications systems; NIS2 Art. 23, CER Art. 15" }
objective "OBJ-10" { team = { "tso", "crisis", "space" },
  text = "Find the interdependencies nobody drew: what needs what for its own repair.",
  capability = "NATO-EU Task Force 2023: interdependencies and cascading effects" }

require "world"

local day = require "story"
local choice, percent = day.choice, day.percent

-- Part 1, T+0:00 to T+1:16: one corner after the other ----------------------------------------------

inject "INJ-01" { at = "T+0:02", from = "Monitoring, Haver ground station", to = "space", channel = "alert", urgent = true,
  title = "Receivers lose the sky", text = file "texts/inj-01-sky.md", objective = "OBJ-7", attach = "files/kaldra-sea.svg",
  notes = "True: interference from sea level, several emitters, moving. Expected: a warning to rail and port, to the CSIRT (timing) and to shipping (submit nav-warning …). Decides EXP-02." }

inject "INJ-02" { at = "T+0:04", from = "Met office", to = { "crisis", "tso", "rail", "eu", "alliance" }, channel = "sitrep",
  title = "Minus twenty-one by the evening", text = file "texts/inj-02-cold.md", objective = "OBJ-3",
  notes = "Sets the day. The evening peak at 17:00 is the wall everything runs towards." }

inject "INJ-03" { at = "T+0:06", from = "Captain Dagny Rei, pilots, Vindhavn", to = "rail", channel = "phone",
  title = "Two ships on dry land", text = file "texts/inj-03-pilots.md", objective = "OBJ-8",
  notes = "True: positions are false, radar is right. Expected: ask space; tell the pilots. Closing the port is not asked." }

inject "INJ-04" { at = "T+0:08", from = "transport-command", to = "alliance", channel = "email",
  title = "Eleven trainloads", text = file "texts/inj-04-eleven.md", objective = "OBJ-8", attach = "files/movement-table.csv",
  notes = "The list belongs to rail, the crisis cell and, for the border, to Sornia through the EU cell. TLP:AMBER; the summary may travel." }

inject "INJ-05" { at = "T+0:09", from = "Havtel network operations", to = { "csirt", "eu" }, channel = "alert", urgent = true,
  title = "Kaldra-1 dark", text = file "texts/inj-05-cable.md", objective = "OBJ-7",
  notes = "True: cut at 11:21, 48 km out, in Lysmark's waters. Nobody knows how, today or tomorrow." }

inject "INJ-06" { at = "T+0:11", from = "Askholm converter station", to = "tso", channel = "alert", urgent = true,
  title = "Kaldra Link at 60 %", text = file "texts/inj-06-askholm.md", objective = "OBJ-10",
  notes = "The link's telecontrol ran through the telecom cable. Two things one would call independent. D-02 follows." }

inject "INJ-07" { at = "T+0:13", from = "coastguard", to = "crisis", channel = "phone",
  title = "A ship that walks on water", text = file "texts/inj-07-calanthe.md", objective = "OBJ-2",
  notes = "Calanthe was near the cable; so were four others. A fact, not a culprit. Expected: pass to alliance (maritime desk) and to the tso: pipe and link lie ahead of it." }

inject "INJ-08" { at = "T+0:15", from = "Container terminal, Vindhavn", to = "rail", channel = "phone",
  title = "Carriers that will not carry", text = file "texts/inj-08-carriers.md", objective = "OBJ-8",
  notes = "If asked: drivers can work by eye at a third of the pace. Level of the port comes from the model." }

inject "INJ-09" { at = "T+0:17", from = "Commission, duty desk for critical infrastructure", to = "eu", channel = "email", ack = true,
  title = "One event, or three?", text = file "texts/inj-09-commission.md", objective = "OBJ-1",
  notes = "Expected: the EU cell asks crisis, tso and csirt, and brings in the alliance cell. EXP-03." }

inject "INJ-10" { at = "T+0:18", from = "Havtel network operations", to = "csirt", channel = "chat",
  title = "Our clocks are drifting apart", text = file "texts/inj-10-drift.md", objective = "OBJ-7",
  notes = "Not an attack on the network; the time it lives on. Only space can say how long. Expected: ask space." }

inject "INJ-11" { at = "T+0:20", from = "Alliance maritime desk", to = "alliance", channel = "chat",
  title = "Whose picture is it?", text = file "texts/inj-11-maritime.md", objective = "OBJ-1",
  notes = "The desk sees five ships within two miles of the break. It gives that to the EU cell and the crisis cell if somebody asks for it by name." }

inject "INJ-12" { at = "T+0:23", from = "Grid control, north desk", to = "tso", channel = "alert", urgent = true, ack = true,
  title = "Midtvoll: flash, bang, dark", text = file "texts/inj-12-midtvoll.md", objective = "OBJ-10",
  notes = "Cold and an old breaker: an accident. Nobody will believe it. What they do not write: the telephone relay for the whole north stands in that yard. Reading this starts the tso's CER clock." }

inject "INJ-13" { at = "T+0:24", from = "Tower supervisor, Grensby", to = { "crisis", "space" }, channel = "phone",
  title = "Two turned back", text = file "texts/inj-13-grensby.md", objective = "OBJ-7",
  notes = "Like April 2024. The supervisor wants to know when; nobody can say. The transplant team drives." }

inject "INJ-14" { at = "T+0:26", from = "county", to = "crisis", channel = "phone", urgent = true,
  title = "Midtvoll on batteries", text = file "texts/inj-14-county.md", objective = "OBJ-6",
  notes = "Her clocks are the model's. The tso knows the cause, the crisis cell hears only the effect: EXP-04." }

inject "INJ-15" { at = "T+0:27", from = "transport-command", to = { "alliance", "rail" }, channel = "phone",
  title = "First train at a quarter to one", text = file "texts/inj-15-loading.md", objective = "OBJ-8",
  notes = "Rail and alliance should agree on one number to call." }

inject "INJ-16" { at = "T+0:29", from = "Night analyst, CSIRT, still here", to = "csirt", channel = "chat",
  title = "A vendor's password in a paste", text = file "texts/inj-16-paste.md", objective = "OBJ-9",
  notes = "The weak signal before INJ-21. Login since 3 February: last night's backup is younger than the intruder. Expected: a call to rail." }

inject "INJ-17" { at = "T+0:31", from = "gas", to = { "tso", "crisis", "eu" }, channel = "phone", urgent = true,
  title = "Pressure falls in the Kaldra Pipe", text = file "texts/inj-17-pipe.md", objective = "OBJ-3",
  notes = "True: pipe displaced and torn. Out for months (the record: 8 October 2023 until spring). The gas grid lives on what is in the pipes, about 20 hours. EXP-09: somebody must declare a crisis level." }

inject "INJ-18" { at = "T+0:33", from = "Havtel, radio planning", to = "space", channel = "phone",
  title = "How long do I have?", text = file "texts/inj-18-howlong.md", objective = "OBJ-7",
  notes = "The answer is in space's own world view: the time network's outlook. It belongs to csirt, rail (train radio) and crisis as well." }

inject "INJ-19" { at = "T+0:35", from = "coastguard", to = { "crisis", "alliance" }, channel = "radio",
  title = "It has passed the pipe", text = file "texts/inj-19-passed.md", objective = "OBJ-2",
  notes = "No boarding without a flag state's word. The Kaldra Link is 11 miles on; it arrives there about 17:30 at this speed: D-18." }

inject "INJ-20" { at = "T+0:37", from = "lysmark", to = "eu", channel = "phone",
  title = "Are we at alert, or are you?", text = file "texts/inj-20-lysmark.md", objective = "OBJ-3",
  notes = "Regulation (EU) 2017/1938 Art. 11: early warning, alert, emergency; the Commission is told without delay. Expected: eu to tso and crisis; product gas-level by 22:00." }

inject "INJ-21" { at = "T+0:39", from = "Runa Vik, dispatch supervisor", to = "rail", channel = "phone", urgent = true, ack = true,
  title = "The mouse moves", text = file "texts/inj-21-mouse.md", objective = "OBJ-9",
  notes = "From its reading rail is aware: NIS2 24 h run, and end on day 2 at about 12:45. Signals stay safe: an interlocking refuses what is unsafe. EXP-01: tell the CSIRT within 12 minutes of play." }

inject "INJ-22" { at = "T+0:41", from = "press", to = "crisis", channel = "phone",
  title = "Is it the army?", text = file "texts/inj-22-army.md", objective = "OBJ-2",
  notes = "One o'clock news. A dull true sentence stops the question for an hour. No culprit." }

inject "INJ-23" { at = "T+0:44", from = "Sund Waterworks, control room", to = "csirt", channel = "phone",
  title = "It is in the water", text = file "texts/inj-23-water.md", objective = "OBJ-9",
  notes = "A false alarm: a technician's laptop with a wrong clock, because of GNSS. Whoever connects INJ-10 with this has it in a minute." }

inject "INJ-24" { at = "T+0:46", from = "Per Odd Lie, foreman, Rokken compressor", to = "tso", channel = "phone", voice = "simcell",
  title = "Which list am I on?", text = file "texts/inj-24-foreman.md", objective = "OBJ-10", attach = "files/shedding-list.csv",
  notes = file "texts/inj-24-notes.md" }

inject "INJ-25" { at = "T+0:47", from = "transport-command", to = "alliance", channel = "phone",
  title = "Three loaded, eight to go", objective = "OBJ-8",
  text = function ()
    return "\"Aalto. Three trains are loaded, the engines are warm, and the signal is red. Your rail people say "
      .. (level "rail.corridor" == 100 and "it's a matter of minutes." or "the line stands at " .. percent "rail.corridor" .. ".")
      .. " They have said so for twenty minutes.\n\nI have a border slot at six tomorrow morning and nine hours of way. So whatever you find for me has to be rolling by nine tonight, or I lose the slot and a day, and the port has four hundred vehicles on its quay when the next ship comes.\n\nI don't mind if it's rail, road or boat. I mind not knowing. Who decides, you or them?\""
  end,
  notes = "Nine hours from wherever it starts moving. If asked about boats: two ferries, four hours to load. Road: two hours of clearance." }

inject "INJ-26" { at = "T+0:50", from = "Rail security operations, two people", to = { "csirt", "rail" }, channel = "sitrep",
  title = "What we see in traffic control", text = file "texts/inj-26-soc.md", objective = "OBJ-9", attach = "files/indicators.csv",
  notes = "Marked TLP:AMBER+STRICT by habit. Sharing it further needs rail's word: D-04." }

inject "INJ-27" { at = "T+0:51", from = "Emergency Response Coordination Centre", to = "eu", channel = "email",
  title = "What do you need first?", text = file "texts/inj-27-ercc.md", objective = "OBJ-1",
  notes = "D-07 asks them to choose. Only the crisis cell and the tso know what is needed: do they ask?" }

inject "INJ-28" { at = "T+0:54", from = "coastguard", to = "space", channel = "phone",
  title = "Can you point at it?", text = file "texts/inj-28-bearing.md", objective = "OBJ-1",
  notes = "Two bearings cross at sea, and there is a ship there; there are also four fishing boats. A bearing is not a culprit. It belongs to the coast guard and the alliance cell." }

inject "INJ-29" { at = "T+0:57", from = "Passenger information, Haver Central", to = "rail", channel = "phone",
  title = "The hall is filling", objective = "OBJ-4",
  text = function ()
    local l = level "rail.commuter"
    return "\"Passenger information, Haver Central. Commuter trains are at " .. percent "rail.commuter" .. ". "
      .. (l < 100 and "I have four thousand people in the hall and two trains standing between stations with the heating on. The drivers ask for how long."
        or "The boards are showing trains that don't exist, and people run from platform to platform after them.")
      .. "\n\nI've got one loudspeaker and nothing to say into it. If I say 'technical fault' they ask if it's the war. If I say 'cyber attack' they'll all telephone at once. If I say nothing they walk home along the track; two have tried.\n\nThere are three hundred and ten people who live beyond the last bus. Where do they sleep? Somebody must ring the city. Is that me?\""
  end,
  notes = "If D-03 is not decided, trains run; she sees false boards. The city opens two halls when the crisis cell asks." }

inject "INJ-30" { at = "T+1:02", from = "Timing laboratory, Haver", to = "space", channel = "email",
  title = "What a second is worth", text = file "texts/inj-30-lab.md", objective = "OBJ-7",
  notes = "The hint for D-11: caesium over fibre, or clocks by car." }

inject "INJ-31" { at = "T+1:06", from = "Lysmark's CSIRT", to = "csirt", channel = "email",
  title = "We have the same vendor", text = file "texts/inj-31-same-vendor.md", objective = "OBJ-9",
  notes = "Cross-border: to the EU cell (EU-CyCLONe through the national authority) and to the crisis cell. EXP-07." }

inject "INJ-32" { at = "T+1:07", from = "press", to = { "crisis", "alliance" }, channel = "chat",
  title = "A film with a voice in it", text = file "texts/inj-32-film.md", objective = "OBJ-2",
  notes = "False. The north is dark because a breaker burst. The tso can prove it, and is not asked unless somebody asks." }

inject "INJ-33" { at = "T+1:09", from = "Grid control, balancing desk", to = "tso", channel = "sitrep",
  title = "First sum for five o'clock", objective = "OBJ-3",
  text = function ()
    return texts.sitrep {
      time = story(), source = "Balancing desk",
      known = {
        "peak about 17:00: 5,000 MW, six percent above what we planned for",
        "Kaldra Link carries " .. percent "hvdc.kaldra" .. ", Rokken power station " .. percent "rokken.plant",
        "balance now " .. percent "balance" .. "; at the peak about six points less",
        "below 95 % we switch districts off by hand, or frequency does it for us",
      },
      unknown = { "whether anybody can persuade 2.4 million people to save electricity", "whether the gas lasts" },
      asked = { "who tells the crisis cell that there is a wall at five o'clock, and what would move it" },
    }
  end,
  notes = "Three points come from a public appeal (D-13), up to 4.8 from the link's telecontrol (D-02). Nobody has both pieces." }

inject "INJ-34" { at = "T+1:11", from = "EU and alliance staffs, joint desk", to = { "eu", "alliance" }, channel = "email",
  title = "Same table, two papers?", text = file "texts/inj-34-two-papers.md", objective = "OBJ-1",
  notes = "What the Task Force recommended in June 2023: parallel, coordinated assessments. Product joint-assessment, first version may be three lines. EXP-03, EXP-10." }

-- T+1:17 to T+1:29: nothing is planned. Let them think. -----------------------------------------------

-- Part 2, T+1:30 to T+2:26: towards the peak -------------------------------------------------------------

inject "INJ-35" { at = "T+1:30", from = "Harbour master, Vindhavn", to = "rail", channel = "phone",
  title = "The gas ship wants in", text = file "texts/inj-35-gas-ship.md", objective = "OBJ-3",
  notes = "D-16 follows. Only the tso and the gas grid know what the cargo is worth tonight; only the alliance knows what the quay is for." }

inject "INJ-36" { at = "T+1:31", from = "sornia", to = { "eu", "alliance" }, channel = "phone",
  title = "A list, axle loads, a number", text = file "texts/inj-36-sornia.md", objective = "OBJ-8",
  notes = "Two cells hear the same thing: who answers? The list is in files/movement-table.csv, with the alliance cell." }

inject "INJ-37" { at = "T+1:33", from = "Petrol station owners' hotline", to = "crisis", channel = "email",
  title = "Cans", text = file "texts/inj-37-cans.md", objective = "OBJ-5",
  notes = "Panic buying has begun on the coast. A word about quantity (there is enough) helps; a word about 'shortage' does not." }

inject "INJ-38" { at = "T+1:35", from = "Askholm converter station", to = "tso", channel = "phone",
  title = "Somebody is over our cable soon", text = file "texts/inj-38-askholm-ship.md", objective = "OBJ-3",
  notes = "The tso knows what the link is worth, the alliance has ships: do they meet before D-18?" }

inject "INJ-39" { at = "T+1:38", from = "Rail operator's lawyers", to = { "rail", "csirt" }, channel = "email",
  title = "Who reports what to whom?", text = file "texts/inj-39-lawyers.md", objective = "OBJ-9",
  notes = "NIS2 Art. 23 to the CSIRT, CER Art. 15 to the authority: both, each 24 h from awareness. One text may serve twice; silence serves nobody." }

inject "INJ-40" { at = "T+1:40", from = "Brussels correspondents", to = "eu", channel = "phone",
  title = "One question, eleven microphones", text = file "texts/inj-40-brussels.md", objective = "OBJ-2",
  notes = "The right answer is dull and the same as the alliance's. Deadline 16:15." }

inject "INJ-41" { from = "Signal technicians, Midtvoll", to = "rail", channel = "radio",
  title = "The needles on the battery cupboard", text = file "texts/inj-41-needles.md", objective = "OBJ-8",
  notes = "Comes at T+1:42 unless D-06 sent generators north. The end of the batteries is in the text, from the model. Nobody has asked." }

inject "INJ-42" { at = "T+1:45", from = "Alliance operations centre", to = "alliance", channel = "email",
  title = "Report in two boxes", text = file "texts/inj-42-boxes.md", objective = "OBJ-1",
  notes = "Box two is the one that matters: what the EU cell has that we do not." }

inject "INJ-43" { at = "T+1:54", from = "county", to = { "crisis", "csirt", "alliance" }, channel = "phone", urgent = true,
  title = "I never gave that order", text = file "texts/inj-43-order.md", objective = "OBJ-4",
  notes = "A cloned voice orders the north to leave by the E 12. Expected: crisis to press within ten minutes (EXP-05). If nobody denies it, the road fills at T+2:08 and the model carries it: escort, food, crew." }

inject "INJ-44" { at = "T+1:52", from = "Beam planning", to = "space", channel = "email",
  title = "Seven asks for one transponder", text = file "texts/inj-44-transponder.md", objective = "OBJ-7",
  notes = "A list of who asked. If D-23 was played the first place is taken. Whoever is refused should hear it from space, not find out." }

inject "INJ-45" { from = "lysmark", to = { "eu", "tso" }, channel = "phone",
  title = "Six people and a bus", text = file "texts/inj-45-crew.md", objective = "OBJ-1",
  notes = "Comes at T+1:57 if D-07 sent another request first: the price of it, in person." }

inject "INJ-46" { at = "T+2:00", from = "District heating, Haver", to = "crisis", channel = "phone",
  title = "Oil for six hours", text = file "texts/inj-46-heating.md", objective = "OBJ-3",
  notes = "Heat hangs on gas; gas on the pipe and, in secret, on feeder 4. If asked: no, nobody ever tested the oil for longer than two hours." }

inject "INJ-47" { at = "T+2:01", from = "Rail operations, evening shift", to = "rail", channel = "sitrep",
  title = "The line as it is", objective = "OBJ-8",
  text = function ()
    return texts.sitrep {
      time = story(), source = "Rail operations, evening shift",
      known = {
        because "rail.corridor",
        because "rail.commuter",
        "signal boxes in the north: " .. percent "rail.signals" .. ", outlook " .. day.outlook "rail.signals",
      },
      unknown = { "whether what we restore is clean", "how many dispatchers come back after a day of paper" },
      asked = { "one sentence for the alliance desk: can they count on rails tonight, yes or no" },
    }
  end,
  notes = "Because-chains from the model. The evening shift is honest about people." }

inject "INJ-48" { at = "T+2:04", from = "Hospital director, Midtvoll", to = { "crisis", "alliance" }, channel = "phone",
  title = "Fourteen from one cellar", text = file "texts/inj-48-cellar.md", objective = "OBJ-6",
  notes = "Carbon monoxide from a grill indoors. More will come tonight unless somebody says it on the radio. The alliance's field ambulances stand loaded on a train." }

inject "INJ-49" { at = "T+2:10", from = "Grid control, balancing desk", to = { "tso", "crisis" }, channel = "sitrep", urgent = true,
  title = "The peak", objective = "OBJ-3",
  text = function ()
    return "BALANCING DESK, " .. story() .. "\n\nBalance " .. percent "balance" .. ", Kaldra Link " .. percent "hvdc.kaldra" .. ", Rokken " .. percent "rokken.plant" .. ".\n\n"
      .. (level "balance" >= 95 and "We have what we need and nothing beside. If nothing breaks before eight, nobody goes dark on purpose tonight. Please do not say so on the radio yet: half of it is people who switched something off."
        or "Short by more than the reserves hold. In five minutes we open breakers, by the list you chose: \""
          .. day.words "D-12" .. "\". Who has told those on it?")
  end,
  notes = "95 % is the wall. Good play passes it with an appeal and the full link." }

inject "INJ-50" { at = "T+2:18", from = "Threat desk of the CSIRT", to = "csirt", channel = "chat",
  title = "Two hundred accounts, one grammar", text = file "texts/inj-50-accounts.md", objective = "OBJ-2",
  notes = "Disinformation: same phrases in three languages. Pattern yes, author no. It belongs to crisis, eu and alliance in one text." }

inject "INJ-51" { at = "T+2:16", from = "coastguard", to = { "alliance", "eu" }, channel = "phone",
  title = "Two hulls, three places", text = file "texts/inj-51-hulls.md", objective = "OBJ-1",
  notes = "D-18 follows. The EU cell knows that the cable ship is chartered through Lysmark; the tso knows what the link is worth tonight." }

-- Part 3, T+2:26 to T+3:00: it breaks, and rises again before the night -------------------------------------

inject "INJ-52" { at = "T+2:27", from = "Crew leader Sunniva Alm, Midtvoll yard", to = "tso", channel = "phone",
  title = "Nobody switches without a voice", text = file "texts/inj-52-voice.md", objective = "OBJ-10",
  notes = "The second circle: the repair needs the telephone, the telephone the substation. Its 24 hours end at 11:59 tomorrow. Only fuel, a satellite line or a quicker repair opens it. Expected: tso to crisis before D-15." }

inject "INJ-53" { at = "T+2:29", from = "Winter fuel depot, Skar pass", to = "crisis", channel = "phone",
  title = "One tanker before the pass closes", text = file "texts/inj-53-tanker.md", objective = "OBJ-6",
  notes = "D-15 follows. Three want it: the radio, the hospital, and a telephone relay nobody in this room has heard of unless the tso told them." }

inject "INJ-54" { at = "T+2:32", from = "Ferry crews' union, Vindhavn", to = "rail", channel = "phone",
  title = "Hours", text = file "texts/inj-54-hours.md", objective = "OBJ-5",
  notes = "Islands without a ferry after eight. The union is right about the law; an exemption is the crisis cell's." }

inject "INJ-55" { at = "T+2:33", from = "Havtel network operations", to = { "space", "csirt" }, channel = "sitrep",
  title = "The network at dusk", objective = "OBJ-7",
  text = function ()
    return texts.sitrep {
      time = story(), source = "Havtel network operations",
      known = {
        because "mobile.north",
        because "mobile.coast",
        "lost so far in the north: " .. lost_hours "mobile.north" .. " user-hours",
        "time network: " .. percent "time.net" .. ", outlook " .. day.outlook "time.net",
      },
      unknown = { "how many calls to 112 were never tried again" },
      asked = { "one time at which I may tell the county that it gets better" },
    }
  end,
  notes = "Everything here is the model's. If asked for emergency calls: not known." }

inject "INJ-56" { at = "T+2:36", from = "Commission, duty desk for critical infrastructure", to = "eu", channel = "email", ack = true,
  title = "Paper for 19:30", text = file "texts/inj-56-paper.md", objective = "OBJ-1",
  notes = "Expected: half a page agreed with the alliance cell. What is in it comes from the other five teams." }

inject "INJ-57" { at = "T+2:37", from = "transport-command", to = { "alliance", "rail" }, channel = "phone",
  title = "Rolling, or not", objective = "OBJ-8",
  text = function ()
    local l = level "corridor"
    local way = decided "D-08" and day.words "D-08" or "no route yet"
    return "\"Aalto. It's gone six and this is how it looks from the quay. The way you gave me: '" .. way .. "'. The corridor stands at "
      .. percent "corridor" .. ".\n\n"
      .. (l >= 40 and level "border.grensby" >= 50 and "So we roll. Nine hours if nothing happens; I'd like to hear from you what might. The civil lorries behind us have been waiting since three, and they know whose fault it is."
        or "So we stand. Four hundred vehicles, engines running because of the cold, and the diesel for the way goes up the chimney. " .. because "corridor" .. ", they tell me. The border says " .. percent "border.grensby" .. ".")
      .. "\n\nGive me one sentence for my drivers before they sleep.\""
  end,
  notes = "From the model. If she stands: road needs the crisis cell's word and two hours, the ferries four." }

inject "INJ-58" { at = "T+2:46", from = "minister", to = "crisis", channel = "phone", ack = true,
  title = "Three sentences for the night", text = file "texts/inj-58-sentences.md", objective = "OBJ-2",
  notes = "By 19:00. What works, what does not, what to do. Somebody will ask for a name: there is none." }

inject "INJ-59" { at = "T+2:43", from = "Analyst on shift, CSIRT", to = "csirt", channel = "email",
  title = "The night list", text = file "texts/inj-59-night-list.md", objective = "OBJ-9",
  notes = "Who must be told before the relief comes: rail, Sornia, Lysmark's CSIRT, the EU cell." }

inject "INJ-60" { at = "T+2:50", from = "EXCON", to = "all", channel = "sitrep", ack = true,
  title = "The night shift comes at seven", text = file "texts/inj-60-night-shift.md", objective = "OBJ-1",
  notes = "Three lines a team (submit handover …). What is not written here is not known in the morning: hold day 2 (move it by a few minutes) if they are nearly done." }

-- Day 2, T+3:00 to T+3:35: four story minutes a minute of play ------------------------------------------------

inject "INJ-61" { at = "T+3:01", from = "EXCON", to = "all", channel = "sitrep", ack = true,
  title = "Good morning: this is the country now", objective = "OBJ-1",
  text = function () return day.morning() end,
  notes = "All levels are the model's, run through the night minute by minute. Nothing here is a verdict." }

inject "INJ-62" { at = "T+3:03", from = "Crew leader Sunniva Alm, Midtvoll yard", to = "tso", channel = "phone", urgent = true,
  title = "How long have I got a telephone?", text = function () return day.telephone() end, objective = "OBJ-10",
  notes = "11:59 unless it was refuelled. D-21 follows if it was not." }

inject "INJ-69" { at = "T+3:02", from = "Monitoring, Haver ground station", to = { "space", "alliance" }, channel = "alert",
  title = "The sky is back, mostly", text = file "texts/inj-69-sky-back.md", objective = "OBJ-7",
  notes = "Luck, not merit. Expected: say who may go back to the antenna, in which order, and who waits." }

inject "INJ-63" { at = "T+3:04", from = "Duty lawyer of the CSIRT", to = { "csirt", "rail" }, channel = "email",
  title = "Twenty-four hours are a quarter to one", text = file "texts/inj-63-clock.md", objective = "OBJ-9",
  notes = "NIS2: from awareness. Rail can still hand it in. Deadlines the night crossed are yours to rule on (mark EXP-…)." }

inject "INJ-64" { at = "T+3:06", from = "press", to = "crisis", channel = "phone",
  title = "The morning after, live at eleven", text = function () return day.eleven() end, objective = "OBJ-2",
  notes = "She has the user-hours from somebody; they are right. The statement is D-17." }

inject "INJ-65" { at = "T+3:07", from = "Alliance operations centre", to = { "alliance", "eu" }, channel = "email",
  title = "One assessment by half past eleven", text = file "texts/inj-65-one.md", objective = "OBJ-1",
  notes = "EXP-10 (eu: submit joint-assessment …), EXP-11 (alliance to eu)." }

inject "INJ-66" { at = "T+3:10", from = "Cable ship Merel, master", to = { "csirt", "space" }, channel = "phone",
  title = "Weather window", text = function () return day.merel() end, objective = "OBJ-7",
  notes = "Where the ship is follows from D-18." }

inject "INJ-67" { at = "T+3:12", from = "Container terminal and line control", to = "rail", channel = "sitrep",
  title = "What runs, what waits", objective = "OBJ-8",
  text = function ()
    return texts.sitrep {
      time = story(), source = "Line control and container terminal",
      known = {
        because "rail.corridor", because "rail.commuter",
        "civil traffic in the corridor: " .. percent "corridor.civil",
        "port: " .. percent "port.vindhavn",
      },
      unknown = { "whether the traffic system is clean" },
      asked = { "what goes first this afternoon: shelves, passengers or the rest of the army" },
    }
  end,
  notes = "If the system was reinfected in the night, INJ-98 has told them." }

inject "INJ-68" { at = "T+3:23", from = "EXCON", to = "all", channel = "letter", release = "manual", ack = true,
  title = "Handover: three lines, and one to another team", text = file "texts/inj-68-handover.md", objective = "OBJ-1",
  notes = "Release about T+3:24. The fourth line is for the hot wash." }

-- For single teams in a gap; skip these first when a team drowns.

inject "INJ-141" { at = "T+0:43", from = "Aviation authority, air traffic desk", to = { "space" }, channel = "phone",
  title = "Everywhere, and I mean it", text = file "texts/inj-141-airlines.md", objective = "OBJ-7",
  notes = "Area and height come from space's own bearings; an end nobody knows. One line for everybody." }

inject "INJ-142" { at = "T+1:13", from = "Broadcasting network, transmitters", to = { "space" }, channel = "email",
  title = "Your second and our silence", text = file "texts/inj-142-transmitters.md", objective = "OBJ-7",
  notes = "True, and nobody in the crisis cell knows: the five o'clock word may go unheard. If told, medium wave is up at 16:30." }

inject "INJ-143" { at = "T+1:44", from = "Ola, monitoring van", to = { "space" }, channel = "phone",
  title = "The third bearing is a courier", text = file "texts/inj-143-car-park.md", objective = "OBJ-7",
  notes = "A small honest fact that spoils a theory. Expected: correct it with the coast guard and the alliance cell." }

inject "INJ-144" { at = "T+2:06", from = "Space weather desk", to = { "space", "csirt" }, channel = "sitrep",
  title = "It is not the sun", text = file "texts/inj-144-sun.md", objective = "OBJ-2",
  notes = "NOAA G1, Kp 5: minor. Useful against the next rumour." }

inject "INJ-145" { at = "T+2:23", from = "Haver ground station, building services", to = { "space", "tso" }, channel = "phone",
  title = "A window is not a cooling plant", text = file "texts/inj-145-ground-station.md", objective = "OBJ-10",
  notes = "A third thing that hangs on something. Haver 17 is on the lists even and cities." }

inject "INJ-146" { at = "T+2:42", from = "Timing laboratory, Haver", to = { "space" }, channel = "email",
  title = "Tonight's hands", text = file "texts/inj-146-hands.md", objective = "OBJ-7",
  notes = "Outlook from the model." }

inject "INJ-147" { at = "T+0:38", from = "Control room of Lysmark's grid", to = { "tso" }, channel = "phone",
  title = "How much at five?", text = file "texts/inj-147-far-end.md", objective = "OBJ-3",
  notes = "They hold 600 MW until 13:00. If the tso answers, nothing changes but trust; if not, they ring Anna Keel." }

inject "INJ-148" { at = "T+2:34", from = "Trainee, network planning", to = { "tso" }, channel = "email",
  title = "Two more", text = file "texts/inj-148-two-more.md", objective = "OBJ-10",
  notes = "Both true. Praise is free." }

inject "INJ-149" { at = "T+1:48", from = "Sornia's grid, control room", to = { "tso" }, channel = "phone",
  title = "At a price", text = file "texts/inj-149-offer.md", objective = "OBJ-3",
  notes = "If they buy: it is inside the 94 of the model already; say \"contracted\". It stops if Rokken does." }

inject "INJ-150" { at = "T+2:21", from = "Home care, capital and coast", to = { "crisis", "tso" }, channel = "phone",
  title = "Two hundred and six at home", text = file "texts/inj-150-dialysis.md", objective = "OBJ-6",
  notes = "The two lists have to meet. If D-12 was industry or nobody is off, relief." }

inject "INJ-151" { at = "T+0:25", from = "Network manager for European airspace", to = { "eu" }, channel = "email",
  title = "One number a state", text = file "texts/inj-151-network-manager.md", objective = "OBJ-1",
  notes = "Space has the number, the alliance cell the other circle." }

inject "INJ-152" { at = "T+0:45", from = "Translation service", to = { "eu", "crisis" }, channel = "phone",
  title = "One word", text = file "texts/inj-152-one-word.md", objective = "OBJ-1",
  notes = "A small thing that shows if the cells talk." }

inject "INJ-153" { at = "T+2:06", from = "Regional coordination centre for grids", to = { "eu", "tso" }, channel = "sitrep",
  title = "Seventeen hundred, second call", text = file "texts/inj-153-coordination.md", objective = "OBJ-3",
  notes = "Levels from the model. D-12 is the answer." }

inject "INJ-154" { at = "T+2:27", from = "Joint press desk", to = { "eu", "alliance" }, channel = "email",
  title = "Two people on one stage", text = file "texts/inj-154-one-stage.md", objective = "OBJ-1",
  notes = "The same four facts." }

inject "INJ-155" { at = "T+2:45", from = "lysmark", to = { "eu" }, channel = "phone",
  title = "Before I go home", text = file "texts/inj-155-lysmark-night.md", objective = "OBJ-1",
  notes = "Three reminders: gas-level (EXP-09), the way back in (INJ-84), the common page (D-17)." }

inject "INJ-156" { at = "T+0:21", from = "Ferry Havsul, purser", to = { "rail" }, channel = "radio",
  title = "A list from the future", text = file "texts/inj-156-passengers.md", objective = "OBJ-5",
  notes = "The same clock as INJ-10 and INJ-23. Paper may be allowed." }

inject "INJ-157" { from = "Driver of train 4711", to = { "rail" }, channel = "phone",
  title = "Soup, and who may cross", text = file "texts/inj-157-skarfjell.md", objective = "OBJ-4",
  notes = "Comes when the line stands. Yes is right, with a lookout." }

inject "INJ-158" { at = "T+1:54", from = "Arvid Hagen, retired dispatcher", to = { "rail" }, channel = "phone",
  title = "Four of us alive", text = file "texts/inj-158-block-book.md", objective = "OBJ-8",
  notes = "A gift. If they are let in, tell it in the hot wash; the model stays at 40 %." }

inject "INJ-159" { at = "T+2:24", from = "Quay foreman, evening shift", to = { "rail", "crisis" }, channel = "phone",
  title = "There is no ferry", text = file "texts/inj-159-quay.md", objective = "OBJ-4",
  notes = "A side effect of INJ-43. The shed is heated." }

inject "INJ-160" { at = "T+2:29", from = "Surgeon captain Hale, field hospital, train 7", to = { "alliance" }, channel = "phone",
  title = "Have I been asked?", text = file "texts/inj-160-surgeon.md", objective = "OBJ-6",
  notes = "Needs crisis or county to ask. If they did after INJ-48: answer \"go\"." }

require "decisions"
