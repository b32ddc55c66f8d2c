-- Silent Beams: the night of 24 February 2022, for five teams who each hold a piece of it.
-- README.md tells the controller how to conduct it, SOURCES.md what is record and what is invented.
--
-- Numbers: INJ-01 to INJ-42 come by the clock; INJ-51 and up are sent by a storyline below, or because an
-- expected action did not happen. Story time runs with play time: T+0:00 is 03:00 UTC, 04:00 local.
--
-- world.lua says what depends on what. Below, decisions and storylines change it, and what follows from
-- that is the model's: most texts with a level in them say what it is when they are sent.

local cyber = require "cyber"
local texts = require "texts"
local figures = require "figures"

require "world"

exercise "silent-beams" {
  title   = "Silent Beams",
  startex = "2022-02-24 03:00Z",
  length  = "3h",
  marking = "TLP:CLEAR",
  pace    = 1,
}

-- Teams -----------------------------------------------------------------------------------------

team "operator" {
  name = "Satellite operator NOC", seats = 2, brief = file "texts/brief-operator.md",
  contacts = { "csirt", "wind", "crisis", "contractor", "press" },
}
team "wind" {
  name = "Wind fleet control centre", seats = 2, brief = file "texts/brief-wind.md",
  contacts = { "operator", "csirt", "transport", "crisis", "grid", "press" },
}
team "csirt" {
  name = "National CSIRT", seats = 2, brief = file "texts/brief-csirt.md",
  contacts = { "operator", "wind", "transport", "crisis", "partners", "press" },
}
team "transport" {
  name = "Transport authority", seats = 2, brief = file "texts/brief-transport.md",
  contacts = { "csirt", "wind", "crisis", "harbour", "press" },
}
team "crisis" {
  name = "Government crisis cell", seats = 2, brief = file "texts/brief-crisis.md",
  contacts = { "operator", "wind", "csirt", "transport", "emergency", "grid", "minister", "press" },
}

-- Organisations that SIMCELL speaks for -----------------------------------------------------------

party "contractor" { name = "Tellur Ground Services",
  notes = "Runs the consumer partition for the operator. Jonas Vik, night duty: helpful, frightened, told by his boss to put nothing in writing." }
party "grid" { name = "Grid control, night desk",
  notes = "Anders Bruun. Expects to hear by T+1:02, from the fleet or the crisis cell, that generation is normal. Has his own line to the turbines and can limit them." }
party "partners" { name = "Neighbouring CSIRTs",
  notes = "The duty officer of Velmark speaks for the network. Asks twice, gives back what the CSIRT gives." }
party "harbour" { name = "Korsvig Port and Pilots",
  notes = "Captain Runa Dahl. Expects an answer by T+1:36: is satellite navigation affected? Any clear no, with a source, is enough." }
party "emergency" { name = "Emergency call centre West",
  notes = "Liv Aasen. Will set a radio watch and move the only boat if somebody tells her that Tarnholm cannot call." }
party "minister" { name = "Prime Minister's private office",
  notes = "Henrik Sall. Four minutes for everything that is not the war. Wants sentences that are still true at noon." }
party "press" { name = "Radio Sund newsroom",
  notes = "Nina Falk, fair and in a hurry. Prints what she gets; fills what she does not get with a professor." }

-- What the exercise is for ------------------------------------------------------------------------

objective "OBJ-1" { team = { "operator", "csirt" },
  text = "Recognise the intrusion, warn the CSIRT within 30 minutes of the first sign (the law allows 24 hours), and turn it into advice that owners can follow.",
  capability = "NATO baseline requirement 6: resilient civil communications systems" }
objective "OBJ-2" { team = { "wind", "crisis" },
  text = "Tell lost control from lost generation, say so to the grid and the government before a rumour does, and keep crews safe.",
  capability = "NATO baseline requirement 2: resilient energy supplies" }
objective "OBJ-3" { team = { "transport", "crisis" },
  text = "Keep rail, road, port and island connected at a risk that somebody has weighed, when the monitoring is gone but the systems work.",
  capability = "NATO baseline requirement 7: resilient transport systems" }
objective "OBJ-4" { team = { "crisis", "csirt" },
  text = "Build one picture from five, set priorities, and inform the public with what is known, without naming a culprit.",
  capability = "NATO baseline requirement 1: continuity of government and critical government services" }

-- Helpers for texts -------------------------------------------------------------------------------

local function choice(id)
  local d = decided(id)
  return d and d.option
end

local function silent()
  return figures.text(figures.lost(level "terminals"))
end

local function locked_out()
  return figures.text(figures.lost(level "joining"))
end

-- What the next six hours bring by themselves.
local function ahead(id)
  local o = outlook(id)
  if o.trend == "stable" then return "nothing changes in the next six hours" end
  return o.level .. " % of a normal night at " .. o.at .. " UTC"
end

-- Has one written to another since an inject came?
local function said_since(from, to, inject)
  local message, at = said(from, to), sent(inject)
  return message ~= nil and at ~= nil and message.t >= at
end

-- Part 1, T+0:00 to T+1:02: each team sees its own corner go dark -----------------------------------

inject "INJ-01" { at = "T+0:02", from = "NOC monitoring", to = "operator", channel = "alert", urgent = true,
  title = "Return channel flooded, six eastern beams", text = file "texts/inj-01-flood.md", objective = "OBJ-1",
  notes = "True: the flood is the loud half of the attack; it hides the quiet half. Satellite, gateways and the other partitions are healthy and stay so." }

inject "INJ-02" { at = "T+0:03", from = "Agency wire", to = { "crisis", "csirt", "transport" }, channel = "press",
  title = "Explosions reported before dawn", text = file "texts/inj-02-wire.md", objective = "OBJ-4",
  notes = "Sets the day. Nobody is given a link between the war and the outage, now or later; if asked, nobody knows." }

inject "INJ-03" { at = "T+0:06", from = "Fleet SCADA", to = "wind", channel = "alert", urgent = true,
  title = "5,800 turbines grey", text = file "texts/inj-03-grey.md", objective = "OBJ-2",
  notes = "True: every turbine goes on under its own controller. Grid control keeps its own channel for limiting them." }

inject "INJ-04" { at = "T+0:08", from = "contractor", to = "operator", channel = "phone", urgent = true, ack = true,
  title = "Silent, and somebody in the management segment", text = file "texts/inj-04-contractor.md", objective = "OBJ-1",
  notes = "The most important call of the night: from its reading the operator is aware, and the 24-hour clock runs. Expected: a first warning to the CSIRT within minutes." }

inject "INJ-05" { at = "T+0:09", from = "Road weather desk", to = "transport", channel = "email",
  title = "38 stations gone, and it is going to freeze", text = file "texts/inj-05-road-weather.md", objective = "OBJ-3",
  notes = "Expected: transport warns the fleet, whose crews drive those roads. Decides between INJ-73 and INJ-74." }

inject "INJ-06" { at = "T+0:10", from = "Skerry Coast county, duty officer", to = "crisis", channel = "email",
  title = "44 town halls offline", text = file "texts/inj-06-county.md", objective = "OBJ-4",
  notes = "A first piece for the crisis cell, easy to overlook. The 44 come back in INJ-32 and D-09." }

inject "INJ-07" { at = "T+0:11", from = "Hillside Link, customer support", to = "csirt", channel = "email",
  title = "Modems that do not blink", text = file "texts/inj-07-reseller.md", objective = "OBJ-1",
  notes = "If asked: factory reset at home does nothing, and spoils traces." }

inject "INJ-08" { at = "T+0:12", from = "NOC monitoring", to = "operator", channel = "sitrep",
  title = "Beam census, 03:12 UTC", objective = "OBJ-1",
  attach = { "files/beam-map.png", "files/beam-census.csv" },
  text = function ()
    return texts.sitrep {
      time = story(), source = "NOC monitoring, consumer partition",
      known = {
        "61,200 terminals were online at 02:55; " .. figures.text(figures.lost(100 - level "online")) .. " are now, " .. level "online" .. " %",
        locked_out() .. " are pushed off by the flood and ask to rejoin",
        silent() .. " are silent: they left and do not ask; 1,349 of them belong to one wind fleet",
        "satellite, gateways, government and mobility partitions: normal",
      },
      unknown = {
        "what the silent ones have in common besides the partition",
        "whose session is open in the management segment",
      },
      asked = { "who outside this room is told, and by whom" },
    }
  end,
  notes = "The map shows both halves: the flood in the east, the silence much wider." }

inject "INJ-09" { at = "T+0:16", from = "Skerry Ferries, control room", to = "transport", channel = "phone",
  title = "No list, no ferry", text = file "texts/inj-09-passenger-list.md", objective = "OBJ-3",
  notes = "A small yes or no to begin with (D-11). In this exercise the authority may allow paper lists; if nobody answers, the ferry waits." }

inject "INJ-10" { at = "T+0:16", from = "Marta Eide, balancing desk", to = "wind", channel = "phone",
  title = "Are they turning or not?", text = file "texts/inj-10-balancing.md", objective = "OBJ-2",
  notes = "Gives wind the proof: settlement meters show 7.4 GW. Expected: one sentence to grid control and the crisis cell." }

inject "INJ-11" { at = "T+0:18", from = "minister", to = "crisis", channel = "phone", ack = true,
  title = "Four minutes of the Prime Minister's time", text = file "texts/inj-11-private-office.md", objective = "OBJ-4",
  notes = "The statement is due at T+1:50 (D-07). A crisis cell that only waits has nothing by then: its sources are the other teams." }

inject "INJ-12" { at = "T+0:21", from = "partners", to = "csirt", channel = "email",
  title = "Same here: is the satellite damaged?", text = file "texts/inj-12-partners.md", objective = "OBJ-1",
  notes = "Only the operator can answer question 2. A reply to the partners is expected." }

inject "INJ-13" { at = "T+0:24", from = "Bodil Kran, Elvedal line control", to = "transport", channel = "phone",
  title = "41 crossings out of sight", text = file "texts/inj-13-crossings.md", objective = "OBJ-3",
  attach = { "files/crossings.csv" },
  notes = "True: barriers and lights work locally. At crossing 7, Askelund, the barriers have been down since 04:20 local after a charger failed; nobody knows." }

inject "INJ-14" { at = "T+0:27", from = "Met office", to = { "wind", "transport", "crisis" }, channel = "sitrep", ack = true,
  title = "Freezing drizzle, then a gale", text = file "texts/inj-14-weather.md", objective = "OBJ-2",
  notes = "Wind and transport each know half of what this means on the roads." }

inject "INJ-15" { at = "T+0:30", from = "contractor", to = "operator", channel = "phone",
  title = "How he came in", text = file "texts/inj-15-appliance.md", objective = "OBJ-1",
  notes = "Only the operator learns that two other firms run the same appliance for grid and water companies. Expected: names to the CSIRT. If the CSIRT asks: Jonas copies first unless told otherwise." }

inject "INJ-16" { at = "T+0:33", from = "Ragnhild Berg, farm owner", to = "wind", channel = "phone",
  title = "My nephew wants to press the button", text = file "texts/inj-16-owner.md", objective = "OBJ-1",
  notes = "Same question as INJ-07, at another desk. Expected: ask the CSIRT, then tell 1,349 owners once." }

inject "INJ-17" { at = "T+0:35", from = "Tarnholm harbour", to = "transport", channel = "radio", urgent = true,
  title = "Tarnholm has no telephone", text = file "texts/inj-17-tarnholm.md", objective = "OBJ-3",
  notes = "Expected: transport to crisis cell, crisis cell to the emergency call centre. Two hops, or a patient waits (INJ-88). True: the mast's terminal is healthy and pushed off until T+1:15." }

inject "INJ-18" { at = "T+0:38", from = "Customer service lead", to = "operator", channel = "chat",
  title = "The page still says green", text = file "texts/inj-18-status-page.md", objective = "OBJ-1",
  notes = "What the page says is what INJ-07 believed. Any honest sentence helps; silence is read as a lie later." }

inject "INJ-19" { at = "T+0:40", from = "Sund Waterworks, night engineer", to = "csirt", channel = "phone", voice = "simcell",
  title = "Our box restarted by itself", text = file "texts/inj-19-waterworks.md", objective = "OBJ-1",
  notes = file "texts/inj-19-notes.md" }

inject "INJ-20" { at = "T+0:43", from = "emergency", to = "crisis", channel = "phone",
  title = "A night too quiet", text = file "texts/inj-20-too-quiet.md", objective = "OBJ-4",
  notes = "The other half of INJ-17. Liv acts on one clear sentence." }

inject "INJ-21" { at = "T+0:45", from = "State Communications Agency", to = "operator", channel = "email",
  title = "260 government terminals", text = file "texts/inj-21-government.md", objective = "OBJ-4",
  notes = "True: other partition, other management, other accounts. The answer belongs to the crisis cell too." }

inject "INJ-22" { at = "T+0:48", from = "Agency wire", to = { "wind", "crisis" }, channel = "press",
  title = "Eleven gigawatts lost, sources say", text = file "texts/inj-22-eleven-gigawatts.md", objective = "OBJ-2",
  notes = "Wrong: nothing is lost but sight. Corrected by INJ-71 if anybody told grid control, made worse by INJ-72 if nobody did." }

inject "INJ-23" { at = "T+0:55", from = "Tellur Ground Services, legal department", to = "operator", channel = "email",
  title = "Nothing leaves the house", text = file "texts/inj-23-lawyers.md", objective = "OBJ-1",
  notes = "The contract cannot override the law: the early warning is owed. About logs and names the lawyer has a point; settle it before D-10." }

inject "INJ-24" { at = "T+1:00", from = "Technical university, hardware lab", to = "csirt", channel = "email",
  title = "We opened one", text = file "texts/inj-24-lab.md", objective = "OBJ-1",
  notes = "First proof that it was done on purpose. Says how, not who. After INJ-71 or INJ-72 nothing is planned until T+1:15: let them think." }

-- Part 2, T+1:15 to T+2:00: the second wave, and everybody asks ------------------------------------

inject "INJ-25" { at = "T+1:17", from = "harbour", to = "transport", channel = "phone",
  title = "Pilots who will not go out", text = file "texts/inj-25-pilots.md", objective = "OBJ-3",
  notes = "True: satellite navigation is another system and unaffected. Expected: transport asks the CSIRT or the crisis cell and answers the harbour by T+1:36." }

inject "INJ-26" { at = "T+1:18", from = "press", to = "crisis", channel = "phone",
  title = "On air at six", text = file "texts/inj-26-radio.md", objective = "OBJ-4",
  notes = "She takes the statement of D-07. If the cell wants to talk longer, Nina has ninety seconds." }

inject "INJ-27" { at = "T+1:21", from = "partners", to = "csirt", channel = "chat",
  title = "Seven Member States", text = file "texts/inj-27-seven.md", objective = "OBJ-4",
  notes = "Six or more Member States: the authorities for critical entities inform the Commission. Expected: CSIRT tells the crisis cell." }

inject "INJ-28" { at = "T+1:26", from = "Crew dispatch", to = "wind", channel = "phone",
  title = "61 stopped, and each one is a car", text = file "texts/inj-28-dispatch.md", objective = "OBJ-2",
  notes = "The slow cost of lost control. A forecast to grid control is worth more than an apology later." }

inject "INJ-29" { at = "INJ-26 +15m", from = "press", to = "crisis", channel = "phone",
  title = "Two versions typed", text = file "texts/inj-29-two-versions.md", objective = "OBJ-4",
  notes = "Skip it if the statement is already in." }

inject "INJ-30" { at = "T+1:35", from = "Deputy head of the CSIRT, from home", to = "csirt", channel = "phone",
  title = "Three boxes to tick", text = file "texts/inj-30-three-boxes.md", objective = "OBJ-4",
  notes = "The taxonomy for large-scale incidents. Defensible: yellow or red, worsening until the wave is over, malicious actions with third-party failure." }

inject "INJ-31" { at = "T+1:40", from = "Fleet procurement", to = "wind", channel = "email",
  title = "Half the fleet needs no satellite", text = file "texts/inj-31-mobile-routers.md", objective = "OBJ-2",
  notes = "Changes the need from 1,349 modems to 569. Useful only if the crisis cell hears it before D-09 (T+2:07)." }

inject "INJ-32" { at = "T+1:44", from = "Operator logistics", to = "operator", channel = "email",
  title = "Three hundred modems", text = file "texts/inj-32-spares.md", objective = "OBJ-4",
  notes = "The cell decides on these at T+2:07 and knows no more of them than the operator tells it." }

inject "INJ-33" { at = "T+1:46", from = "Hillside Link, customer support", to = "csirt", channel = "chat",
  title = "A guide that everybody follows", text = file "texts/inj-33-guide.md", objective = "OBJ-1",
  notes = "The guide is wrong: no update was pushed. Expected: a short public correction." }

inject "INJ-34" { at = "T+1:54", from = "Owners' association", to = "wind", channel = "email",
  title = "Not covered after six hours", text = file "texts/inj-34-insurance.md", objective = "OBJ-2",
  notes = "If owners switch off one by one, production falls for a reason nobody planned. A word to grid control and to all owners stops it." }

-- Part 3, T+2:00 to T+3:00: it steadies, then the weather comes --------------------------------------

inject "INJ-35" { at = "T+2:05", from = "County school transport", to = "transport", channel = "phone",
  title = "Sixty buses at a quarter to seven", text = file "texts/inj-35-school-buses.md", objective = "OBJ-3",
  notes = "Ice on the side roads until about 07:00 UTC. Either answer is defensible; it has to come by 05:30 UTC." }

inject "INJ-36" { at = "T+2:09", from = "NOC monitoring", to = { "operator", "csirt" }, channel = "sitrep",
  title = "Ten minutes without a loss", objective = "OBJ-1",
  text = function ()
    return texts.sitrep {
      time = story(), source = "NOC monitoring, consumer partition",
      known = {
        silent() .. " terminals silent, none more in the last ten minutes; " .. level "terminals" .. " % still work",
        locked_out() .. " healthy ones still outside, asking to rejoin; " .. level "online" .. " % of a normal night online",
        "switched off by their owners: " .. figures.text(figures.lost(level "left-on")),
        "flood below a tenth of its peak; beams at " .. level "beams" .. " %",
        "if nobody does anything more: " .. ahead "online",
        "government and mobility partitions: normal all night",
      },
      unknown = {
        "whether the intruder is out or only quiet",
        "how many of the silent ones a workbench can save",
      },
      asked = { "which figure goes to the public, and who gives it" },
    }
  end,
  notes = "The one breath of the night. The figures are the model's, after D-01, D-02 and D-06 and how soon they came; the public record is close to 30,000." }

inject "INJ-37" { at = "story 05:14", from = "Met office", to = { "wind", "transport", "crisis" }, channel = "alert", urgent = true,
  title = "The front is early", text = file "texts/inj-37-front.md", objective = "OBJ-2",
  notes = "Twenty minutes before the forecast of INJ-14." }

inject "INJ-38" { at = "T+2:25", from = "Crisis cell of Velmark", to = "crisis", channel = "phone",
  title = "The same line at eight?", text = file "texts/inj-38-common-line.md", objective = "OBJ-4",
  notes = "Cross-border: two governments, one outage. Agreeing on what is not said is a good outcome." }

inject "INJ-39" { at = "T+2:32", from = "Agency wire", to = "all", channel = "press",
  title = "\"We know the handwriting\"", text = file "texts/inj-39-handwriting.md", objective = "OBJ-4",
  notes = "Tests five teams at once: one line or five? Nobody at the table can confirm who it was." }

inject "INJ-40" { at = "T+2:42", from = "EXCON", to = "all", channel = "sitrep", ack = true,
  title = "Your relief comes at 06:00 UTC", text = file "texts/inj-40-handover.md", objective = "OBJ-4",
  notes = "The three lines are the evidence for the hot wash: compare five pictures of one night." }

inject "INJ-41" { at = "T+2:50", from = "EXCON", to = "all", channel = "letter", release = "manual",
  title = "What the record says", text = file "texts/inj-41-record.md", objective = "OBJ-4",
  notes = "Release when the handovers are in, or read it aloud at the hot wash." }

inject "INJ-42" { at = "T+2:52", from = "EXCON", to = "all", channel = "sitrep", release = "manual",
  title = "How you leave it", text = file "texts/inj-42-how-you-leave-it.md", objective = "OBJ-4",
  notes = "Release after INJ-41, or read it aloud: how each thing stands, and because of what. Lost user-hours count from 03:00 UTC." }

-- Decisions -----------------------------------------------------------------------------------------

decision "D-01" { to = "operator", within = "12m", title = "Shut the management segment?", objective = "OBJ-1",
  text = [[Somebody who should not be there is in the segment from which every terminal is managed. Through the same segment you fight the flood, and every healthy terminal that is pushed off can only be helped back through it.]],
  options = {
    { "isolate", "Shut the whole segment: nobody manages any terminal, we neither" },
    { "block",   "Close the contractor's VPN only and go on managing" },
    { "wait",    "Leave it open, watch every session, fight the flood" },
  },
  default = "wait",
  notes = "Isolate saves most terminals and looks worst until T+1:15. Block leaves the second foothold. Wait is the record's outcome, with the best evidence." }

decision "D-02" { to = "csirt", within = "14m", title = "What do owners of working terminals do?", objective = "OBJ-1",
  text = [[Some 1,600 owners in Sundmark are waiting for one sentence; resellers will repeat it word for word. A terminal that is off cannot be reached by a command, and serves nobody. Advice given before the cause is known may be wrong.]],
  options = {
    { "on",   "Leave it on, never reset, report whether it blinks" },
    { "off",  "Switch it off until we call, keep the power lead out" },
    { "hold", "No advice until the cause is confirmed" },
  },
  default = "hold",
  notes = "Off is right only while the segment is open: has the CSIRT asked the operator? Off saves some in the second wave, costs working road stations at once." }

decision "D-03" { to = "wind", within = "15m", title = "The fleet before the gale", objective = "OBJ-2",
  text = [[118 farms with 610 turbines, 1,150 MW in this wind, lie where the front comes ashore. They protect themselves, unseen. You have 64 duty crews of two, in the dark, on side roads.]],
  options = {
    { "crews", "Send all crews now, so that each ridge has people before the front" },
    { "stop",  "Ask grid control to park the 610 over its own channel" },
    { "run",   "Let them run on their own protection and keep the crews for the morning" },
  },
  default = "run",
  notes = "Crews: safe only if transport told the fleet about the ice. Stop: 1,150 MW less in the morning ramp, 610 restarts by hand. Run: rested crews, one fire that nobody sees." }

decision "D-04" { to = "transport", within = "18m", title = "Trains on the Elvedal line", objective = "OBJ-3",
  text = [[41 crossings work without being watched. First train at 05:15 local, 6,200 passengers until nine, the hospital's early shift among them. Staff can look at perhaps nine crossings before the first train.]],
  options = {
    { "slow", "Run with 20 km/h and a whistle at each of the 41" },
    { "stop", "No trains before every crossing has been looked at" },
    { "run",  "Run the timetable and warn the drivers" },
  },
  default = "run",
  notes = "Askelund's barriers are down and stuck; people drive round them. Slow: long delays, no harm. Stop: 6,200 people on black ice. Run: a train meets a van (injuries, nobody killed)." }

decision "D-05" { to = "operator", within = "13m", title = "Open the gate for forty terminals?", objective = "OBJ-3",
  text = [[Forty healthy terminals on the critical list ask to come back, the mast of Tarnholm and 29 crossings among them. Each needs one command through the segment that you shut. New keys are ready at 05:30 UTC.]],
  options = {
    { "list",   "Open for the forty, by hand, two people on each command" },
    { "closed", "Keep it shut until the new keys are in" },
  },
  default = "closed",
  notes = "Asked only after isolate. List brings the island's phone back and shows the intruder an open gate for six minutes." }

decision "D-06" { to = "operator", within = "12m", title = "Cut now?", objective = "OBJ-1",
  text = [[Terminals die by the hundred each minute. Cutting stops it and takes away your own tools until tonight. New keys for everybody would drop every terminal for half an hour, and the commands already queued run out meanwhile.]],
  options = {
    { "cut",   "Shut the segment now" },
    { "rekey", "Force new keys on everybody: all down for half an hour, then clean" },
    { "wait",  "Close account after account and keep the sessions under watch" },
  },
  default = "wait",
  notes = "Asked only if the segment stayed open. After D-01 wait and D-06 wait the count is the record's." }

decision "D-07" { to = "crisis", within = "28m", title = "The government's words for the six o'clock bulletin", objective = "OBJ-4",
  text = [[Three sentences that will be read out as you write them: what has failed, what has not, what is being done. Due at ten to six local (04:50 UTC).]],
  notes = "Free text. Good: turbines produce, who cannot call 112 and what to do, one source for updates, no culprit. D-08 asks you to judge it." }

decision "D-08" { to = "excon", within = "6m", title = "How does the newsroom read the statement?", objective = "OBJ-4",
  text = [[Read the answer to D-07. Does it stay with what is known?]],
  options = {
    { "facts", "Facts: what failed, what works, what to do" },
    { "hint",  "It hints at who, or claims what nobody knows yet" },
    { "blame", "It names a culprit" },
  },
  default = "facts",
  notes = "Judge the words, not the intention." }

decision "D-09" { to = "crisis", within = "13m", title = "Who gets the first three hundred modems?", objective = "OBJ-4",
  text = [[300 certified modems lie in the country; the van leaves at seven local. The ordering portal would give them to whoever clicked first. The next 2,000 come on Monday. A ruling has to be in writing.]],
  options = {
    { "safety", "Emergency masts, crossings and road stations first, then municipalities" },
    { "energy", "The wind farms that nothing but satellite can reach" },
    { "hold",   "Hold the van one hour until every sector has stated its need" },
  },
  default = "hold",
  notes = "Safety needs 85 for masts, crossings and stations, 44 more for municipalities; who asks finds 171 left over for wind. Did anybody pass on INJ-31 and INJ-32?" }

decision "D-10" { to = "csirt", within = "12m", title = "Share what was found in the modem?", objective = "OBJ-1",
  text = [[Seven countries ask for the memory image and the session log. Both hold the operator's keys and 1,100 customers' names. A cleaned extract takes until 06:10 UTC. The operator has not been asked yet.]],
  options = {
    { "raw",   "Share both now, TLP:AMBER, with the CSIRTs that asked" },
    { "clean", "Share the cleaned extract at 06:10" },
    { "ask",   "Wait for the operator's consent" },
  },
  default = "ask",
  notes = "Asking the operator early, by message, would have settled it. Raw saves terminals abroad and brings a lawyer; the others cost terminals abroad." }

decision "D-11" { to = "transport", within = "12m", title = "Names on paper?", objective = "OBJ-3",
  text = [[The ferries' passenger lists cannot reach your server. The rule that every name is ashore before a boat sails was written after people drowned whom nobody had counted. The islands have no other boat.]],
  options = {
    { "paper",  "Allow names on paper, read out by radio, until further notice" },
    { "server", "No list on the server, no departure" },
  },
  default = "server",
  notes = "Asked with INJ-09. Paper: if a boat goes down in the gale, one mate's handwriting is the list. Server: no ferry from 04:50 UTC, and no technician for Tarnholm. Neither is wrong by itself." }

-- What is expected of them -------------------------------------------------------------------------------
-- An expected action is not the only good one: an evaluator may mark it met, with a word why.

expect "EXP-01" { team = "operator", by = "INJ-04 +22m", objective = "OBJ-1", contingency = "INJ-63",
  text = "Tells the CSIRT of the intruder within 30 minutes of the first sign.",
  met = function () return said("operator", "csirt") ~= nil end,
  notes = "The law allows 24 hours, the second wave 67 minutes. INJ-63 goes by itself." }

cyber.nis2 { team = "operator", inject = "INJ-04", prefix = "NIS2-operator", objective = "OBJ-1",
  notes = "The clock starts when the operator reads INJ-04, and outlasts the exercise. A word to the CSIRT is EXP-01; the report itself is handed in." }

expect "EXP-02" { team = "wind", by = "T+1:02", objective = "OBJ-2", contingency = "INJ-72",
  text = "Grid control hears that control is lost and generation is not: from the fleet, or from the crisis cell.",
  met = function () return said("wind", "grid") ~= nil or said("crisis", "grid") ~= nil end,
  notes = "INJ-72 goes by itself: grid control has bought reserve by then." }

expect "EXP-03" { team = "transport", by = "T+1:15", objective = "OBJ-3",
  text = "Tells the fleet of the ice on the roads that its crews drive.",
  met = function () return said("transport", "wind") ~= nil end,
  notes = "Matters most after D-03 crews: INJ-73 or INJ-74." }

expect "EXP-04" { team = "transport", by = "INJ-17 +23m", objective = "OBJ-3", contingency = "INJ-97",
  text = "Passes on that Tarnholm cannot call.",
  met = function () return said_since("transport", "crisis", "INJ-17") end,
  notes = "INJ-97 goes by itself: the pilot boat asks again." }

expect "EXP-05" { team = "crisis", by = "T+1:45", objective = "OBJ-4",
  text = "Puts INJ-17 and INJ-20 side by side: tells the emergency call centre of the hole.",
  met = function () return said("crisis", "emergency") ~= nil end }

expect "EXP-06" { team = "csirt", by = "story 04:30", objective = "OBJ-1",
  text = "Answers the partners before the network talks: satellite healthy, by command, no resets.",
  met = function () return said("csirt", "partners") ~= nil end }

expect "EXP-07" { team = "transport", by = "T+1:36", objective = "OBJ-3", contingency = "INJ-85",
  text = "Tells the harbour, with a source, that satellite navigation is unaffected.",
  met = function () return said("transport", "harbour") ~= nil end,
  notes = "INJ-85 goes by itself and closes the port; a word later opens it." }

expect "EXP-08" { team = "csirt", by = "INJ-27 +25m", objective = "OBJ-4", contingency = "INJ-98", release = "manual",
  text = "Tells the crisis cell that six Member States and more are affected: the notice to the Commission is due.",
  met = function () return said_since("csirt", "crisis", "INJ-27") end,
  notes = "INJ-98 waits for you: hold it until the breath after 05:00 UTC if the cell is drowning." }

expect "EXP-09" { team = "wind", by = "T+2:07", objective = "OBJ-4",
  text = "Tells the crisis cell that it needs 569 modems and not 1,349, before the cell rules (D-09).",
  met = function () return said_since("wind", "crisis", "INJ-31") end }

expect "EXP-10" { team = "csirt", by = "INJ-33 +20m", objective = "OBJ-1",
  text = "Corrects the false guide in public.",
  met = function () return said_since("csirt", "press", "INJ-33") end,
  notes = "Without it 1,200 more press the button, and traces fall." }

-- Storyline: the wipe (D-01, D-05, D-06) ---------------------------------------------------------------

inject "INJ-51" { from = "Ilse, desk 3", to = "operator", channel = "chat", title = "The gate is shut",
  text = file "texts/inj-51-gate-shut.md", objective = "OBJ-1",
  notes = "It looks worse than waiting would. That lasts until T+1:15." }
inject "INJ-52" { from = "Ilse, desk 3", to = "operator", channel = "chat", title = "He was here before we closed",
  text = file "texts/inj-52-second-account.md", objective = "OBJ-1" }
inject "INJ-53" { from = "Ilse, desk 3", to = "operator", channel = "chat", title = "They are reading lists",
  text = file "texts/inj-53-reading-lists.md", objective = "OBJ-1" }
inject "INJ-54" { from = "NOC monitoring", to = "operator", channel = "alert", urgent = true, title = "41,000 knocks on a closed gate",
  text = file "texts/inj-54-knocks.md", objective = "OBJ-1" }
inject "INJ-55" { from = "NOC monitoring", to = "operator", channel = "alert", urgent = true, title = "Second wave, a third of the beams",
  text = file "texts/inj-55-wave-third.md", objective = "OBJ-1",
  notes = "Worth a second warning to the CSIRT." }
inject "INJ-56" { from = "NOC monitoring", to = "operator", channel = "alert", urgent = true, title = "Second wave, all beams",
  text = file "texts/inj-56-wave-all.md", objective = "OBJ-1",
  notes = "As on the record: from 04:15 UTC, for about 45 minutes. Worth a second warning to the CSIRT." }
inject "INJ-57" { from = "Ilse, desk 3", to = { "operator", "transport" }, channel = "phone", title = "37 of 40 are back",
  text = file "texts/inj-57-forty.md", objective = "OBJ-3" }
inject "INJ-58" { from = "contractor", to = { "operator", "transport" }, channel = "email", title = "Nothing before half past six",
  text = file "texts/inj-58-stays-shut.md", objective = "OBJ-3" }
inject "INJ-59" { from = "Ilse, desk 3", to = "operator", channel = "chat", title = "Cut",
  text = file "texts/inj-59-cut.md", objective = "OBJ-1" }
inject "INJ-60" { from = "Ilse, desk 3", to = "operator", channel = "chat", title = "Everybody down, on purpose",
  text = file "texts/inj-60-rekey.md", objective = "OBJ-1" }
inject "INJ-61" { from = "Ilse, desk 3", to = "operator", channel = "chat", title = "Faster than we can close",
  text = file "texts/inj-61-too-fast.md", objective = "OBJ-1" }

-- The flood pushes terminals off, the commands kill them. Until 03:18 UTC nothing can be done about either.
local function count(dead, pushed_off)
  if dead then set("terminals", figures.without(dead)) end
  if pushed_off then set("joining", figures.without(pushed_off)) end
end

storyline "the first wave" (function ()
  cyber.compromise("management", { techniques = { "T1133", "T1078", "T1495" } })
  wait_until "T+0:02"
  count(nil, 3100)
  wait_until "T+0:05"
  count(1500, 5500)
  for _, id in ipairs { "hill-slots", "farm-links", "quay-links", "town-hall-links" } do set(id, 0) end
  set("crossing-links", figures.without(12, 41))
  set("road-links", figures.without(28, 38))
  wait_until "T+0:11"
  count(4100, 6900)
  wait_until "T+0:18"
  count(9800)
end)

storyline "the gate" (function ()
  wait_until "T+0:14"
  local gate = ask "D-01"
  if gate.option == "isolate" then
    cyber.isolate "management"
  end
  wait "4m"
  if gate.option == "isolate" then
    send "INJ-51"
    wait_until "T+0:30"
    start_repair "new-keys"
    wait_until "T+0:40"
    count(10300)
    wait_until "T+1:15"
    send "INJ-54"
    wait "3m"
    if ask "D-05".option == "list" then
      set("crossing-links", figures.without(14, 41)) -- three of the forty will turn out to be dead
      set("road-links", figures.without(29, 38))
      for _, id in ipairs { "crossing-links", "road-links", "tarnholm-link" } do open_alternative(id, "by-hand") end
    else
      wait "6m"
      send "INJ-58"
    end
    wait_until "T+2:00"
    set("joining", 99)
    set("hill-slots", 100)
  elseif gate.option == "block" then
    count(9900, 5200)
    send "INJ-52"
  else
    count(9900, 1900)
    send "INJ-53"
  end
end)

-- The forty are in when their six minutes are over.
when(function () return choice "D-05" == "list" and level "tarnholm-link" == 100 end, function ()
  send "INJ-57"
end)

storyline "the second wave" (function ()
  wait_until "T+1:01"
  if choice "D-01" == "isolate" then return end
  local wave = figures.wave[choice "D-01" == "block" and "block" or "wait"]
  local spared = choice "D-02" == "off" and figures.spared or 1
  local function begin(dead) return wave.before + (dead - wave.before) * spared end
  count(wave.before)
  wait_until "T+1:15"
  count(begin(wave.first))
  for _, id in ipairs { "crossing-links", "road-links" } do set(id, 10) end
  set("tarnholm-link", 0)
  wait "1s" -- the alarm quotes the level
  if wave == figures.wave.block then send "INJ-55" else send "INJ-56" end
  local dead, queued = wave.first, wave.queued
  for minute = 0, 40, 4 do
    wait "4m"
    local late = choice "D-06"
    if late == "cut" then
      return
    elseif late == "rekey" and queued <= 0 then
      return
    elseif late == "rekey" then -- his orders bounce; what was queued still runs out
      dead, queued = dead + 800, queued - 800
    else
      dead = dead + 4 * figures.rate(wave, minute)
    end
    count(begin(dead))
  end
end)

storyline "the late cut" (function ()
  wait_until "T+1:19"
  if choice "D-01" == "isolate" then return end
  local late = ask "D-06"
  if late.option == "cut" then
    cyber.isolate "management"
    start_repair "rebuild"
    wait "8m"
    send "INJ-59"
  elseif late.option == "rekey" then
    set("keys", 0)
    start_repair "rekey"
  else
    wait "8m"
    send "INJ-61"
  end
end)

-- New keys are out: everybody comes back who lives, also those on the hills.
on("repair", function (event)
  if event.repair == "rekey" and event.state == "done" then
    set("joining", figures.without(900))
    set("hill-slots", 100)
    wait "1m"
    send "INJ-60"
  end
end)

-- Storyline: the warning (D-02, D-10) -------------------------------------------------------------------

inject "INJ-62" { from = "CSIRT analyst", to = "csirt", channel = "email", title = "Two kinds of dead",
  text = file "texts/inj-62-two-kinds.md", objective = "OBJ-1",
  notes = "Comes because the operator spoke to the CSIRT. The blink test belongs into any advice." }
inject "INJ-63" { from = "partners", to = "csirt", channel = "phone", urgent = true, title = "You hear this from me?",
  text = file "texts/inj-63-from-abroad.md", objective = "OBJ-1",
  notes = "Contingency of EXP-01: the operator's warning had not come by T+0:30; this brings play back." }
inject "INJ-64" { from = "Road weather desk", to = { "transport", "operator" }, channel = "email", title = "Somebody drove up and switched it off",
  text = file "texts/inj-64-switched-off.md", objective = "OBJ-3" }
inject "INJ-65" { from = "CSIRT hotline", to = "csirt", channel = "chat", title = "Blink or no blink",
  text = file "texts/inj-65-blink.md", objective = "OBJ-1" }
inject "INJ-66" { from = "Hillside Link, customer support", to = "csirt", channel = "email", title = "We could not wait",
  text = file "texts/inj-66-could-not-wait.md", objective = "OBJ-1" }
inject "INJ-67" { from = "partners", to = { "csirt", "operator" }, channel = "email", title = "Found it in time, and a lawyer",
  text = file "texts/inj-67-found.md", objective = "OBJ-1" }
inject "INJ-68" { from = "partners", to = "csirt", channel = "email", title = "640 more since we asked",
  text = file "texts/inj-68-no-image.md", objective = "OBJ-1" }

when(function () return said("operator", "csirt") ~= nil end, function ()
  wait_until "T+0:16"
  wait "3m"
  send "INJ-62"
end)

storyline "the warning" (function ()
  wait_until "T+0:32"
  local advice = ask "D-02"
  wait "8m"
  if advice.option == "off" then
    set("left-on", figures.without(4600))
    set("road-weather", figures.without(60, 112))
    send "INJ-64"
  elseif advice.option == "on" then
    send "INJ-65"
  else
    set("traces", 86)
    send "INJ-66"
  end

  wait_until "T+2:23"
  local share = ask "D-10"
  wait "4m"
  if share.option == "raw" then
    send "INJ-67"
  else
    set("velmark", figures.without(640, 3640))
    send "INJ-68"
  end
end)

when(function () return sent "INJ-33" and now() >= sent "INJ-33" + 20 * 60 end, function ()
  if not said_since("csirt", "press", "INJ-33") then set("traces", level "traces" - 12) end
end)

-- Storyline: the fleet (D-03) -----------------------------------------------------------------------------

inject "INJ-71" { from = "grid", to = { "wind", "crisis" }, channel = "phone", title = "Thank you for the sentence",
  text = file "texts/inj-71-grid-calm.md", objective = "OBJ-2" }
inject "INJ-72" { from = "grid", to = { "wind", "crisis" }, channel = "phone", urgent = true, title = "2,000 megawatts bought for nothing",
  text = file "texts/inj-72-reserves.md", objective = "OBJ-2",
  notes = "Contingency of EXP-02: nobody told grid control. A message now stops the next step; the money is gone." }
inject "INJ-73" { from = "Crew dispatch", to = "wind", channel = "radio", title = "Behind the gritter",
  text = file "texts/inj-73-convoy.md", objective = "OBJ-2" }
inject "INJ-74" { from = "Crew dispatch", to = { "wind", "transport" }, channel = "phone", urgent = true, title = "A van off the road",
  text = file "texts/inj-74-van.md", objective = "OBJ-2",
  notes = "Sent because nobody at transport wrote to the fleet. If transport wrote about something else only, fire this by hand." }
inject "INJ-75" { from = "grid", to = { "wind", "crisis" }, channel = "phone", title = "Parked, and now I am short",
  text = file "texts/inj-75-parked.md", objective = "OBJ-2" }
inject "INJ-76" { from = "Skarberg fire brigade", to = { "wind", "transport" }, channel = "phone", urgent = true, title = "A turbine is burning",
  text = file "texts/inj-76-fire.md", objective = "OBJ-2" }
inject "INJ-77" { from = "Crew dispatch", to = "wind", channel = "sitrep", title = "The gale's tally", objective = "OBJ-2",
  text = function ()
    local gale = figures.gale(choice "D-03", sent "INJ-73" ~= nil)
    return texts.sitrep {
      time = story(), source = "Crew dispatch, from owners' calls and crews",
      known = {
        gale.tripped .. " turbines stopped by their own protection since midnight",
        gale.still .. " of 5,800 stand still now; " .. level "wind.generation" .. " % could produce, " .. level "wind.control" .. " % obey anybody",
        gale.crews,
        "metered output of the satellite farms: " .. gale.output,
      },
      unknown = {
        "everything about a farm whose owner is asleep",
        "ice on the blades of the ridge farms",
      },
      asked = { "a figure for grid control for the next two hours, with its error" },
    }
  end }

storyline "eleven gigawatts" (function ()
  wait_until "T+1:02"
  if said("wind", "grid") or said("crisis", "grid") then send "INJ-71" end
end)

when(function () return sent "INJ-72" end, function ()
  set("reserve", 35) -- 2,000 MW bought
end)

storyline "the fleet" (function ()
  wait_until "T+0:40"
  local fleet = ask "D-03"

  wait_until "T+1:15"
  local warned = said("transport", "wind") ~= nil
  local gale = figures.gale(fleet.option, warned)
  if fleet.option == "crews" then
    open_alternative("wind.control", "tower-foot")
    if warned then
      send "INJ-73"
      start_repair "gritting"
    else
      send "INJ-74"
    end
  elseif fleet.option == "stop" then
    set("wind.generation", figures.without(610, 5800))
    set("reserve", 25)
    send "INJ-75"
  end

  wait_until "T+1:25"
  if fleet.option ~= "stop" then set("wind.generation", figures.without(61, 5800)) end
  wait_until "T+1:55"
  if gale.tower_foot then set("tower-foot", gale.tower_foot) end

  wait_until "T+2:19"
  set("wind.generation", figures.without(gale.still, 5800))
  if fleet.option ~= "crews" and fleet.option ~= "stop" then send "INJ-76" end
  wait "5m"
  send "INJ-77"
end)

storyline "the ice" (function ()
  wait_until "T+1:00"
  set("side-roads", 30)
end)

-- Storyline: the line, the port, the island (D-04) ------------------------------------------------------------

inject "INJ-81" { from = "Bodil Kran, Elvedal line control", to = "transport", channel = "phone", title = "Late, and just as well",
  text = file "texts/inj-81-slow.md", objective = "OBJ-3" }
inject "INJ-82" { from = "Elvedal district hospital", to = { "transport", "crisis" }, channel = "phone", title = "Half a shift",
  text = file "texts/inj-82-stopped.md", objective = "OBJ-3" }
inject "INJ-83" { from = "Bodil Kran, Elvedal line control", to = { "transport", "crisis" }, channel = "phone", urgent = true, title = "A van on Askelund crossing",
  text = file "texts/inj-83-askelund.md", objective = "OBJ-3" }
inject "INJ-84" { from = "harbour", to = "transport", channel = "phone", title = "The pilots went",
  text = file "texts/inj-84-port-open.md", objective = "OBJ-3" }
inject "INJ-85" { from = "harbour", to = { "transport", "crisis" }, channel = "phone", title = "I have closed the roads",
  text = file "texts/inj-85-port-closed.md", objective = "OBJ-3",
  notes = "Contingency of EXP-07. The port opens half an hour after transport says, with a source, that navigation is unaffected." }
inject "INJ-89" { from = "Skerry Ferries, control room", to = { "transport", "crisis" }, channel = "phone", title = "The ten to six is still here",
  text = file "texts/inj-89-at-the-quay.md", objective = "OBJ-3" }
inject "INJ-90" { from = "Bodil Kran, Elvedal line control", to = "transport", channel = "phone", title = "Your two hours are up",
  text = file "texts/inj-90-two-hours.md", objective = "OBJ-3",
  notes = "Two hours without sight of the crossings; the model sends it. It ends when the crossings can be seen again." }
inject "INJ-97" { from = "Pilot boat Svala", to = "transport", channel = "radio", title = "Tarnholm asks again",
  text = file "texts/inj-97-asks-again.md", objective = "OBJ-3",
  notes = "Contingency of EXP-04: nobody had passed on INJ-17." }
inject "INJ-86" { from = "emergency", to = { "crisis", "transport" }, channel = "phone", title = "Tarnholm rang",
  text = file "texts/inj-86-tarnholm-rang.md", objective = "OBJ-3" }
inject "INJ-87" { from = "emergency", to = { "crisis", "transport" }, channel = "phone", title = "Heard on channel 12",
  text = file "texts/inj-87-heard.md", objective = "OBJ-3" }
inject "INJ-88" { from = "emergency", to = { "crisis", "transport" }, channel = "phone", urgent = true, title = "Forty minutes",
  text = file "texts/inj-88-forty-minutes.md", objective = "OBJ-3",
  notes = "Comes at T+2:15 if the island still cannot call. The patient lives; do not soften the forty minutes." }

storyline "the Elvedal line" (function ()
  wait_until "T+0:20"
  set("crossings", figures.without(1, 41)) -- Askelund
  wait_until "T+0:52"
  local trains = ask "D-04"
  wait_until "T+1:15"
  if trains.option == "slow" then set("rail", 60) elseif trains.option == "stop" then set("rail", 0) end
  wait_until "T+1:43"
  if trains.option == "slow" then
    send "INJ-81"
  elseif trains.option == "stop" then
    send "INJ-82"
  else
    set("rail", 0)
    send "INJ-83"
  end
end)

-- The line's own rule: two hours unwatched, and the model counts them.
on("level", function (event)
  if event.service == "rail" and event.why == "autonomy" then send "INJ-90" end
end)

storyline "the port" (function ()
  wait_until "T+1:36"
  if said("transport", "harbour") then send "INJ-84" end
end)

when(function () return sent "INJ-85" end, function ()
  set("port", 0)
end)

when(function () return sent "INJ-85" and said_since("transport", "harbour", "INJ-85") end, function ()
  set("port", 100)
end)

when(function () return sent "INJ-09" end, function ()
  if ask "D-11".option == "paper" then open_alternative("passenger-lists", "paper-lists") end
end)

-- The first boats are due at 04:50 UTC.
when(function () return level "ferries" == 0 and now() >= 112 * 60 end, function ()
  send "INJ-89"
end)

-- Two hops, and somebody listens on channel 12.
when(function () return said_since("transport", "crisis", "INJ-17") and said("crisis", "emergency") end, function ()
  set("radio-watch", 70)
  open_alternative("tarnholm-112", "radio-watch")
end)

storyline "the island" (function ()
  wait_until "T+1:49"
  if level "tarnholm-112" == 0 then wait_until "T+2:15" end
  if level "tarnholm-phone" == 100 then
    send "INJ-86"
  elseif level "tarnholm-112" > 0 then
    send "INJ-87"
  else
    send "INJ-88"
  end
end)

storyline "a bench modem for Tarnholm" (function ()
  wait_until "T+2:00"
  if level "tarnholm-link" < 100 then start_repair "bench-modem" end
end)

-- Storyline: the bulletin and the modems (D-07, D-08, D-09) ----------------------------------------------------

inject "INJ-91" { from = "press", to = "all", channel = "press", title = "Six o'clock: the government says",
  text = file "texts/inj-91-bulletin-facts.md", objective = "OBJ-4" }
inject "INJ-92" { from = "press", to = "all", channel = "press", title = "Six o'clock: the government points",
  text = file "texts/inj-92-bulletin-blame.md", objective = "OBJ-4",
  notes = "Henrik Sall rings the cell within the minute (SIMCELL): who cleared this?" }
inject "INJ-93" { from = "press", to = "all", channel = "press", title = "Six o'clock: experts believe",
  text = file "texts/inj-93-bulletin-silence.md", objective = "OBJ-4" }
inject "INJ-98" { from = "Single contact point for critical entities, Velmark", to = "crisis", channel = "email", title = "Is yours under way?",
  text = file "texts/inj-98-notice.md", objective = "OBJ-4",
  notes = "Contingency of EXP-08: the CSIRT had not told the cell of INJ-27." }
inject "INJ-94" { from = "Operator logistics", to = { "operator", "wind", "transport" }, channel = "email", title = "300 modems: safety first",
  text = file "texts/inj-94-modems-safety.md", objective = "OBJ-4" }
inject "INJ-95" { from = "Operator logistics", to = { "operator", "wind", "transport" }, channel = "email", title = "300 modems: wind first",
  text = file "texts/inj-95-modems-energy.md", objective = "OBJ-4" }
inject "INJ-96" { from = "Operator logistics", to = { "operator", "wind", "transport" }, channel = "email", title = "300 modems: the van waits",
  text = file "texts/inj-96-modems-hold.md", objective = "OBJ-4" }

storyline "six o'clock" (function ()
  wait_until "T+1:22"
  local words = ask "D-07"
  if words.overdue then
    note "No statement came: the bulletin runs without the government."
    wait_until "T+2:00"
    send "INJ-93"
    return
  end
  local read_as = ask "D-08"
  wait_until "T+2:00"
  if read_as.option == "facts" then send "INJ-91" else send "INJ-92" end
end)

storyline "three hundred modems" (function ()
  wait_until "T+2:07"
  local first = ask "D-09"
  wait "5m"
  if first.option == "safety" then
    start_repair "modems-sites"
    send "INJ-94"
  elseif first.option == "energy" then
    start_repair "modems-farms"
    send "INJ-95"
  else
    send "INJ-96"
  end
end)

on("overdue", function (event)
  note("Nobody answered " .. (event.decision or "a decision") .. " in time. Ask the team why before you judge it.")
end)
