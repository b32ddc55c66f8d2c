-- What Cold Corridor asks of its teams: decisions, and what they should do unasked. What follows from
-- either stands in story.lua.

local cyber = require "cyber"

-- Decisions ----------------------------------------------------------------------------------------------

decision "D-01" { to = "space", within = "7m", title = "What do receivers on the coast do?", objective = "OBJ-7",
  text = [[The signal is there, weak, and some of it may be false. Networks on the coast take their time from it: telephones, train radio. Cut them off now and they live on their own clocks for about five hours. Leave them on and the clocks last longer, as long as nobody sends a wrong second.]],
  options = {
    { "holdover", "All timing receivers off the antenna now, everybody on their own clocks" },
    { "keep",     "Keep receivers that look good, watch them" },
    { "wait",     "Say nothing before the cause is known" },
  }, default = "wait",
  notes = "Holdover: clean time that ends about 16:30. Keep and wait: false time arrives at T+1:02 and takes two fifths of the mobile networks at once." }

decision "D-02" { to = "tso", within = "9m", title = "Kaldra Link without its telecontrol", objective = "OBJ-3",
  text = [[Procedure says 60 % without telecontrol. Peak is in five hours. The converters would carry 100 %, and trip for hours if anything touches the cable. A satellite line could carry the telecontrol, from capacity that others count on.]],
  options = {
    { "limit",   "Stay at 60 %, as the procedure says" },
    { "satline", "Ask for the reserve transponder and go back to 100 %" },
    { "full",    "Full load without telecontrol, for today" },
  }, default = "limit",
  notes = "Limit costs 4.8 points of balance at the peak. Satline takes capacity (D-23: space chooses from whom). Full: a fault at T+1:47 takes the whole link for the evening." }

decision "D-03" { to = "rail", within = "8m", title = "Somebody is in traffic control", objective = "OBJ-9",
  text = [[A stranger sets routes. The interlockings refuse what is unsafe, so far. Cut the system off and every signal from the coast to the border shows red. Cut off the northern half only and the south runs on. Or let it run, watch, and keep the trains.]],
  options = {
    { "isolate", "Cut all of it off; trains stop where they are" },
    { "segment", "Cut off the north, run the south" },
    { "keep",    "Run on, with a hand on the switch" },
  }, default = "keep",
  notes = "Isolate: an hour of red, clean afterwards. Segment: half the trains until T+1:30. Keep: full trains until T+1:10, then everything is encrypted." }

decision "D-04" { to = "csirt", within = "9m", title = "Share the indicators?", objective = "OBJ-9",
  text = [[The list comes from the rail operator, marked AMBER+STRICT: not beyond the two of you. Sornia's border station runs the same system, Lysmark's railway too. Passing it on breaks the marking, unless rail agrees. Asking costs time.]],
  options = {
    { "raw",   "To the CSIRTs network, Sornia's and Lysmark's railways and the alliance desk, now" },
    { "clean", "A cleaned version, when rail's lawyers have seen it" },
    { "hold",  "Nothing leaves the house today" },
  }, default = "hold",
  notes = "Raw: the border station closes the door in time, and Lysmark sends back how the intruder returns after a restore (INJ-84). Else the border falls to 30 % at T+1:40." }

decision "D-05" { to = "tso", within = "8m", title = "One heavy crew, two places", objective = "OBJ-3",
  text = [[Midtvoll needs 28 hours of the only heavy crew. The 110 kV line to Rokken, open for maintenance, could be closed again in two and a half hours by the same people. The line is a spare nobody needs today, if the day goes well.]],
  options = {
    { "midtvoll", "Start at Midtvoll at once; the line stays open" },
    { "rokken",   "Close the Rokken line first, then drive to Midtvoll" },
    { "hold",     "Keep the crew ready until the peak is over" },
  }, default = "hold",
  notes = "Rokken is the way out of the circle of gas and power; it starts Midtvoll three hours later. Midtvoll first leaves the circle with one way out less." }

decision "D-06" { to = "crisis", within = "9m", title = "Twelve mobile generators", objective = "OBJ-7",
  text = [[Twelve sets of 200 kW, fuel for a day, two hours to place. The county wants them for masts and the emergency radio; the port for cranes and the gas terminal; somebody will want them tonight who has not rung yet.]],
  options = {
    { "north", "To the north: masts and emergency radio" },
    { "port",  "To the port of Vindhavn" },
    { "hold",  "Keep them in Haver until it is clear who is worst off" },
  }, default = "hold",
  notes = "North keeps radio and mobile alive through the night. Port makes the gas terminal independent of shedding. Hold lets a black start at Rokken cost nobody anything." }

decision "D-07" { to = "eu", within = "9m", title = "One request goes first", objective = "OBJ-1",
  text = [[Everything you ask for will be granted, one thing at a time: transport is the bottle neck. What leaves tonight?]],
  options = {
    { "power", "Generators through the Union mechanism, in Midtvoll by midnight" },
    { "crew",  "Lysmark's repair crew for Midtvoll, in place by six" },
    { "gas",   "A place in the queue for gas, under the solidarity rules" },
  }, default = "power",
  notes = "Power saves the hospital at three in the morning. Crew halves the repair, and beats the telephone's 24 hours. Gas: Lysmark's gas comes round by Sornia from 20:00, half of what is missing." }

decision "D-08" { to = "alliance", within = "10m", title = "Which way for the transport?", objective = "OBJ-8",
  text = [[Rails are red or soon may be. The E 12 is free, narrow, and everybody's. Two ferries to Osthavn could be had: the islands' ferries.]],
  options = {
    { "rail", "Wait for the rails" },
    { "road", "Ask for the E 12" },
    { "sea",  "Ask for two ferries to Osthavn" },
  }, default = "rail",
  notes = "Road and sea need the crisis cell (D-09). The movement needs 40 % of the corridor for nine hours and takes it from civil traffic." }

decision "D-09" { to = "crisis", within = "8m", title = "Clear the way for the transport?", objective = "OBJ-8",
  text = [[The alliance cell asks for a way through the country tonight. Escorts, closures and Sornia's clearance take hours. What the transport takes, lorries for the north or the islands' ferries do not have.]],
  options = {
    { "grant",  "Cleared, from as soon as it can be" },
    { "night",  "Cleared from nineteen hours, when civil traffic is through" },
    { "refuse", "Not today" },
  }, default = "refuse",
  notes = "Grant: rolling before the peak, shelves in the north thinner. Night: civil traffic keeps the day, the border slot is missed by little." }

decision "D-10" { to = "rail", within = "8m", title = "Dispatchers for one thing", objective = "OBJ-5",
  text = [[With telephone and paper you can run two trains in five, on one of two things: the corridor (freight, and the army if it waits), or the commuter lines with 180,000 people. On both at half it is one in five.]],
  options = {
    { "freight", "The corridor" },
    { "people",  "The commuter lines" },
    { "both",    "Both, at half" },
  }, default = "people",
  notes = "Forty percent is exactly what the transport needs. At half nobody gets what they need and everybody something." }

decision "D-11" { to = "space", within = "8m", title = "Where does the time come from tonight?", objective = "OBJ-7",
  text = [[The caesium clocks at Haver could feed the network over a wavelength on the land route, in ninety minutes; that takes a good part of what is left of the country's traffic abroad. Or seven technicians drive portable clocks to the sites: sooner, once, for five more hours.]],
  options = {
    { "fibre", "Caesium over the land route" },
    { "cars",  "Portable clocks by car" },
    { "wait",  "Wait for the sky to clear" },
  }, default = "wait",
  notes = "Fibre: lasting, and traffic with the world falls to 50 %. Cars: bridges the evening, ends in the night. Wait: two fifths of mobile and a fifth of train radio go when the clocks end." }

decision "D-12" { to = "tso", within = "9m", title = "If we must switch off, whom?", objective = "OBJ-10",
  text = [[If the balance is below 95 % at 16:55, about 300 MW have to go. Three lists are ready; whichever is used, those on it sit in the dark at minus nineteen, two hours at a time.]],
  options = {
    { "even",     "Rotate evenly over all feeders, rural ones too: the fair list" },
    { "cities",   "Rotate in capital and coast only; protected feeders excepted by hand" },
    { "industry", "Smelter and cold stores off, nobody else" },
  }, default = "even",
  notes = "Even is fair and holds feeder 4, with the compressor: the circle closes. Cities: water and mobile in the capital pay. Industry: the pots freeze and stand for weeks, and cold stores hold the north's food." }

decision "D-13" { to = "crisis", within = "9m", title = "What does the country hear at five?", objective = "OBJ-2",
  text = [[Radio and a text to every telephone that still works. Whatever you say at five moves people: to a switch, to a petrol station, to a rumour.]],
  options = {
    { "appeal", "Save power from five to eight, and why" },
    { "calm",   "Supply is secure, please carry on" },
    { "none",   "Nothing before we know more" },
  }, default = "none",
  notes = "Appeal: three points of balance, and queues at petrol stations. Calm: no queues, and a lie by six if the list is used. None: others speak." }

decision "D-14" { to = "csirt", within = "9m", title = "Which backup do you call clean?", objective = "OBJ-9",
  text = [[Last night's backup is back in four hours. The January image takes fifteen and tomorrow's morning peak. The first login was on 3 February.]],
  options = {
    { "fast",  "Last night's, with whatever checks we have" },
    { "clean", "The January image" },
  }, default = "clean",
  notes = "Fast is safe only if the way back in is known: Lysmark sends it after D-04 raw. Else the system falls again at 10:30 tomorrow. Clean: commuters walk tomorrow." }

decision "D-15" { to = "crisis", within = "8m", title = "One tanker of winter diesel", objective = "OBJ-6",
  text = [[The pass closes at eight. The tanker reaches one of three places before that.]],
  options = {
    { "radio",    "Emergency radio, north: else it ends before ten tonight" },
    { "hospital", "Midtvoll hospital: else its diesel ends about three" },
    { "voice",    "The telephone relay in Midtvoll yard: else it ends tomorrow at noon" },
  }, default = "radio",
  notes = "The latest deadline is the one that stops the repair of all three. If the generators went north the radio needs nothing; if the Union's generators come, the hospital neither." }

decision "D-16" { to = "rail", within = "8m", title = "The gas ship", objective = "OBJ-3",
  text = [[LNG carrier Nordlys, one hour out. Pilots have radar, lamps and no satellite. All four tugs would be hers, and the ro-ro berth beside her shut.]],
  options = {
    { "berth",   "In now, before dark, with all tugs" },
    { "anchor",  "At anchor, in at the night's high water" },
    { "morning", "Not without satellite positions" },
  }, default = "morning",
  notes = "The gas in the pipes ends about 08:20. Berth: gas from about 21:00, islands' ferries wait. Anchor: after midnight, just in time. Morning: too late by hours." }

decision "D-17" { to = "crisis", within = "7m", title = "What is said at eleven?", objective = "OBJ-2",
  text = [[The Prime Minister speaks at eleven, Lysmark's at five past. You write the page.]],
  options = {
    { "joint", "One page with Lysmark, agreed with both liaison cells: what failed, what works, no name" },
    { "own",   "Our own page, fuller, at once" },
    { "later", "Nothing before the investigations are further" },
  }, default = "later",
  notes = "Joint costs ten minutes and a sentence on the traffic system. Own is first, and Lysmark reads it on air. Later leaves eleven o'clock to the film of INJ-32." }

decision "D-18" { to = "alliance", within = "8m", title = "Two patrol ships, three places", objective = "OBJ-1",
  text = [[The flags agree to one tasking tonight. A ship that is being watched tends to mind its anchor. The cable ship will not work alone.]],
  options = {
    { "link",   "Over the Kaldra Link, until the traffic has passed" },
    { "cable",  "With the cable ship, so that the splice begins tonight" },
    { "ferry",  "With the ferries and the gas ship off Vindhavn" },
  }, default = "ferry",
  notes = "Link: nothing happens there, and that is all you will ever know. Cable: the splice begins, and at 18:58 the link trips. Ferry: the islands get their boats back tonight, and the link trips too." }

decision "D-19" { to = "tso", within = "7m", title = "Rokken is dark and does not come back", objective = "OBJ-10",
  text = [[Plant waits for gas, gas for the compressor, the compressor for the feeder, the feeder for the plant.]],
  options = {
    { "black-start", "Start the circle with mobile generators, wherever they stand" },
    { "line",        "Take the crew off Midtvoll and close the Rokken line" },
    { "night",       "Leave it until daylight" },
  }, default = "night",
  notes = "Black start takes the generators from where D-06 put them. Line costs Midtvoll four hours. Night: 38,000 in the dark, and gas for 410,000 gone with it." }

decision "D-21" { to = "tso", within = "6m", title = "The telephone ends at 11:59", objective = "OBJ-10",
  text = [[When the relay falls silent the crew must stop, by rule and by reason. Then there is no power at Midtvoll to bring the relay back.]],
  options = {
    { "helicopter", "Fuel by the rescue helicopter" },
    { "satellite",  "Voice over the satellite, forty-five minutes to set up" },
    { "go-on",      "Go on; they will be quick" },
  }, default = "go-on",
  notes = "Asked only if nobody refuelled. Helicopter: no rescue for two hours. Satellite: the transponder's present users lose it. Go-on: the repair stands for ever, hours short, and EXCON sees the deadlock by name." }

decision "D-23" { to = "space", within = "7m", title = "Whose transponder?", objective = "OBJ-7",
  text = [[Grid control asks for the reserve transponder, for the telecontrol of the Kaldra Link. It is reserved, on paper, twice.]],
  options = {
    { "army",    "Take it from the tracking of the military transport" },
    { "islands", "Take it from the islands' telephones and ferry bookings" },
    { "refuse",  "It stays reserved" },
  }, default = "refuse",
  notes = "Asked if D-02 was satline. Either yes gives the link 100 % after 90 minutes." }

-- What should be done, and by when -----------------------------------------------------------------------------

expect "EXP-01" { team = "rail", text = "Tell the CSIRT of the stranger in traffic control", by = "INJ-21 +12m", objective = "OBJ-9",
  met = function () return said("rail", "csirt") and said("rail", "csirt").t >= (sent "INJ-21" or 0) end,
  contingency = "INJ-201", notes = "The law gives 24 hours; Sornia has less." }
expect "EXP-02" { team = "space", text = "Warn rail and port, or shipping at large, that positions are false", by = "INJ-01 +16m", objective = "OBJ-7",
  product = "nav-warning", met = function () return said("space", "rail") end, contingency = "INJ-202" }
expect "EXP-03" { team = "eu", text = "EU and alliance cells have briefed each other", by = "T+1:24", objective = "OBJ-1",
  met = function () return said("eu", "alliance") and said("alliance", "eu") end, contingency = "INJ-203", release = "manual",
  notes = "Confirm the contingency only if the words exchanged were no briefing either." }
expect "EXP-04" { team = "tso", text = "Tell the crisis cell what is off in the north, why, and for how long", by = "INJ-12 +18m", objective = "OBJ-10",
  met = function () return said("tso", "crisis") end, contingency = "INJ-204" }
expect "EXP-05" { team = "crisis", text = "Deny the false order in public", by = "INJ-43 +10m", objective = "OBJ-4", product = "statement",
  met = function () return said("crisis", "press") and said("crisis", "press").t >= (sent "INJ-43" or 0) end,
  contingency = "INJ-205", release = "manual" }
expect "EXP-06" { team = "tso", text = "Take Rokken feeder 4 off the shedding list, or say what hangs on it", by = "T+1:56", objective = "OBJ-10", product = "protected-list",
  met = function () return said("tso", "gas") end, contingency = "INJ-206", release = "manual",
  notes = "Do not confirm it if D-12 is not going to be 'even'." }
expect "EXP-07" { team = "csirt", text = "Tell the EU cell that a second country has the same vendor", by = "INJ-31 +16m", objective = "OBJ-9",
  met = function () return said("csirt", "eu") end, contingency = "INJ-207" }
expect "EXP-08" { team = "alliance", text = "Give the crisis cell a list and a way: what moves, how long, what it takes from others", by = "T+1:12", objective = "OBJ-8",
  product = "movement-request", met = function () return said("alliance", "crisis") end, contingency = "INJ-208", release = "manual" }
expect "EXP-09" { team = "eu", text = "Tell the Commission the gas crisis level that was declared", by = "story 2026-02-10 22:00", objective = "OBJ-3", product = "gas-level",
  notes = "Regulation (EU) 2017/1938 Art. 11. The jump to day 2 crosses this: if it was not handed in, rule on it." }
expect "EXP-10" { team = "eu", text = "One assessment with the alliance cell: what failed, what hangs on what, what next", by = "T+3:24", objective = "OBJ-1", product = "joint-assessment" }
expect "EXP-11" { team = "alliance", text = "Give the EU cell what is in no EU paper yet", by = "T+3:22", objective = "OBJ-1",
  met = function () return said("alliance", "eu") and said("alliance", "eu").t > 3 * 3600 end, contingency = "INJ-209", release = "manual" }
expect "EXP-12" { team = "crisis", text = "Night handover: what is known, not known, needed", by = "T+2:59", objective = "OBJ-2", product = "handover" }

-- The clocks of the law: from when the team read the inject, in story time.
cyber.nis2 { team = "rail", inject = "INJ-21", prefix = "NIS2-rail", objective = "OBJ-9" }
cyber.cer  { team = "tso", inject = "INJ-12", prefix = "CER-tso", objective = "OBJ-3" }
