-- harbour-night: an exercise to start from. Everything in it is invented and yours to change.
-- It is complete: `tocsin check` finds nothing wrong, `tocsin rehearse` plays every way through it.
--
-- Whatever stands behind two dashes is a comment. Between two `key = value` stands a comma.
-- An id, such as "INJ-01", is a name of your own; elsewhere you point at it with the same id.
-- README.md says where to begin, and what to do next.

exercise "harbour-night" {
  title   = "Harbour Night",
  startex = "2026-03-12 21:00Z", -- the story's date and time when play begins; Z is UTC
  length  = "40m",               -- of play, until ENDEX
  marking = "TLP:CLEAR",         -- stands on every line of every screen
}

-- 1. Who takes part -----------------------------------------------------------------------------

-- Teams sit at terminals. seats says how many people a team has; brief is what they read first.
team "port" { name = "Port control", seats = 1, brief = file "texts/brief-port.md" }
team "town" { name = "Town crisis staff", seats = 1, brief = file "texts/brief-town.md" }

-- Parties are not at the table: a controller speaks for them, and has only these notes to go by.
party "grid" { name = "Estrin Power, control desk",
  notes = "Jana Rist. Knows from 21:10 on that the feeder needs until 21:30. Promises nothing more." }
party "home" { name = "Seaview nursing home",
  notes = "Night nurse Ole Tam: calm, exact, alone with 48 residents. Battery beds last two hours." }

-- 2. What it is for -------------------------------------------------------------------------------

-- Each objective needs evidence: something below that carries its id and that people will do, or not.
objective "OBJ-1" { team = "port", capability = "Sharing information",
  text = "Tell those who depend on the harbour's power what is known, before they have to ask." }
objective "OBJ-2" { team = "town", capability = "Protecting people",
  text = "Put those who are most at risk first, say why, and tell the public what to do." }

-- 3. The world: what follows from what -------------------------------------------------------------

-- Two services: the cold store needs the grid, and lives from its own batteries for 20 minutes.
-- seen_by says who sees it on the screen. A source says where a number is from.
service "grid.harbour" { domain = "energy", name = "Power at the harbour", users = 900, seen_by = "all",
  source = "assumption" }
service "coldstore" { domain = "transport", name = "Cold store at quay 4", users = 12, seen_by = "all",
  needs = { { "grid.harbour", autonomy = "20m", source = "assumption" } }, source = "assumption" }

repair "feeder" { service = "grid.harbour", name = "Mend the harbour feeder", work = "26m",
  source = "assumption" }

-- 4. What happens by the clock ------------------------------------------------------------------------

-- notes are for controllers alone: what is true, and what you hope to see.
inject "INJ-01" { at = "T+0:02", from = "Harbour pilot", to = "port", channel = "radio", urgent = true,
  title = "The quay is dark", text = file "texts/inj-01.md", objective = "OBJ-1",
  notes = "True. An anchor tore the cable. Expected: port tells the town within twelve minutes." }

inject "INJ-02" { at = "T+0:04", from = "home", to = "town", channel = "phone",
  title = "Seaview has no power", text = file "texts/inj-02.md", objective = "OBJ-2",
  notes = "If asked: two residents need oxygen, the bottles last until midnight." }

-- 5. Decisions, and what comes of them ------------------------------------------------------------------

-- Both answers should be sensible, and both should cost something. default is what counts when
-- nobody answers in time.
decision "D-01" { to = "port", within = "6m", title = "Your mobile generator: keep it, or lend it to Seaview?",
  text = file "texts/d-01.md", options = { { "keep", "Keep it at the cold store" }, { "lend", "Lend it to Seaview" } },
  default = "keep", objective = "OBJ-1",
  notes = "Keep: the town has to find beds. Lend: the cold store warms up at about 21:22." }

inject "INJ-03" { from = "home", to = "all", channel = "phone",
  title = "Then we must move eleven people", text = file "texts/inj-03.md", objective = "OBJ-2",
  notes = "Sent when the generator stays. The staff should send vehicles, and say so to Seaview." }
inject "INJ-04" { from = "home", to = "all", channel = "phone",
  title = "The generator is running", text = file "texts/inj-04.md", objective = "OBJ-1",
  notes = "Sent when it is lent. The price comes with INJ-05." }

-- A storyline runs by itself. `ask` waits until they answered, or the time is over.
storyline "the generator" (function ()
  wait_until "T+0:02"
  set("grid.harbour", 0)                -- the cable is torn: nothing is left of it
  start_repair "feeder"
  wait_until "T+0:10"
  if ask("D-01").option == "lend" then
    send "INJ-04"
  else
    refuel "coldstore"                  -- its batteries are full again
    send "INJ-03"
  end
end)

-- `when` waits for something to be true, whenever that is: here, on the way where it was lent.
inject "INJ-05" { from = "Cold store, night shift", to = "port", channel = "phone", urgent = true,
  title = "It is getting warm in here", text = file "texts/inj-05.md", objective = "OBJ-1",
  notes = "Vaccines for the county lie in hall 2. Expected: port looks for another place, or asks the town." }

when(function () return level "coldstore" < 50 end, function () send "INJ-05" end)

decision "D-02" { to = "town", within = "6m", title = "Close the harbour road tonight?",
  text = file "texts/d-02.md", options = { { "close", "Close it" }, { "open", "Keep it open" } },
  default = "open", objective = "OBJ-2",
  notes = "Closed: ambulances get through, the night ferry's passengers do not. Open: the other way round." }

inject "INJ-06" { from = "Road police", to = "all", channel = "radio",
  title = "Two hundred passengers at the barrier", text = file "texts/inj-06.md", objective = "OBJ-2",
  notes = "Sent when the road is closed. Expected: port and town agree on who brings them away." }
inject "INJ-07" { from = "Ambulance control", to = "all", channel = "radio",
  title = "Our vehicle is stuck on the harbour road", text = file "texts/inj-07.md", objective = "OBJ-2",
  notes = "Sent when the road stays open. Expected: the town closes it after all, and port holds the ferry." }

storyline "the road" (function ()
  wait_until "T+0:20"
  local answer = ask "D-02"             -- a table: its option is the word they typed
  wait_until "T+0:30"                   -- the ferry is in
  if answer.option == "close" then
    send "INJ-06"
  else
    send "INJ-07"
  end
end)

-- 6. What you hope to see ----------------------------------------------------------------------------------

-- Written down before: who does what by when. If it does not happen, the contingency inject brings
-- play back, and the absence is in the record.
inject "INJ-08" { from = "home", to = { "port", "town" }, channel = "phone",
  title = "Does anybody know how long?", text = file "texts/inj-08.md", objective = "OBJ-1",
  notes = "Sent by itself if port has told the town nothing by T+0:14." }

expect "EXP-01" { team = "port", by = "INJ-01 +12m", objective = "OBJ-1", contingency = "INJ-08",
  text = "Port tells the town staff that the harbour's power is gone, and for how long.",
  met = function () return said("port", "town") end }

expect "EXP-02" { team = "town", by = "T+0:35", objective = "OBJ-2", product = "public-notice",
  text = "The town staff hands in a public notice: what has happened, what to do, when to expect more.",
  notes = "They type `submit public-notice` and the text." }
