-- First Light: fifteen minutes on a small island, before the first ferry sails.
--
-- Two uses. For participants it is the first exercise they ever sit in: each message teaches one thing about
-- the terminal, and the story is short enough to be played before the coffee is cold. For authors it is a
-- scenario to read from top to bottom: each part of the language stands here once, with a comment that says why.
-- Lines that begin with two dashes are comments: the engine does not read them.
--
-- One team is enough (seat "watch-1"). With two, "ferry-1" has its own view, and the two must talk.
--
-- Contents     1 the exercise     2 teams      3 objectives    4 services: what needs what
--              5 injects by the clock           6 decisions     7 storylines: where the story branches
--              8 what should happen: expected actions           9 the end


-- 1 The exercise --------------------------------------------------------------------------------------
-- A word, an id in quotes, and a table in braces: everything is declared like this. Commas stand between
-- the lines of a table. startex is the time in the story when play begins; play lasts `length`.

exercise "first-light" {
  title   = "First Light",
  startex = "2026-03-02 05:45+01:00",
  length  = "15m",
  marking = "TLP:CLEAR",
  brief   = file "texts/brief.md",       -- long texts live in files of their own
}


-- 2 Teams ----------------------------------------------------------------------------------------------
-- Who is exercised. A brief is what a team reads first. `contacts` are those it can write to; exercise
-- control, who is always there, need not be listed.

team "watch" {
  name     = "Halmey island watch",
  seats    = 2,
  brief    = file "texts/brief-watch.md",
  contacts = { "ferry", "radio" },
}

team "ferry" {
  name     = "Halmey ferry",
  brief    = file "texts/brief-ferry.md",
  contacts = { "watch", "radio" },
}

-- A party is somebody who is not in the room. Control speaks for it; `notes` say what it knows and wants.

party "radio" {
  name  = "Island radio",
  notes = "Marit, alone in the studio. News at six. Reads out what she is told, word for word, and says so.",
}


-- 3 Objectives -------------------------------------------------------------------------------------------
-- What the exercise tests. Everything below earns its place by one of these: `objective = "OBJ-1"`.

objective "OBJ-1" { team = "all",   text = "Tell those who depend on you before they have to ask" }
objective "OBJ-2" { team = "all",   text = "Decide in time, and say why" }
objective "OBJ-3" { team = "watch", text = "Hand in a report that somebody else can use" }


-- 4 Services: what needs what ------------------------------------------------------------------------------
-- A service is anything that people or other services live on. `needs` says what it hangs on. When the line
-- to the north of the island fails, the ramp stops at once; the mast goes on for seven minutes, on its battery.
-- Nobody has to write that down as an event: the engine works it out, and says why to whoever may see it.

service "line"  { domain = "energy", name = "Power line to the north shore", users = 420, seen_by = "watch", public = true,
                  source = "invented" }

service "genset" { domain = "energy", name = "Mobile generator", level = 0, seen_by = "watch", source = "invented" }

service "mast" {
  domain  = "cyber", name = "Telephone mast Nordhorn", users = 420, seen_by = "all", source = "invented",
  needs   = {
    { "line",   group = "power", autonomy = "7m", source = "invented" },  -- two needs of one group: one of them is enough
    { "genset", group = "power", closed = true },                          -- closed: only when somebody connects it
  },
}

service "ramp" {
  domain  = "transport", name = "Ferry ramp, north quay", users = 60, seen_by = "all", source = "invented",
  needs   = {
    { "line",   group = "power" },
    { "genset", group = "power", closed = true },
  },
}

-- A repair does nothing until a storyline starts it. Work takes story time.
repair "splice" { service = "line", name = "Fuse on pole 14", work = "9m", source = "invented" }


-- 5 Injects by the clock -------------------------------------------------------------------------------------
-- An inject is something that happens to players. `at` is play time: T+0:02 is two minutes after the start.
-- Without `at` it waits until a storyline sends it. `notes` are for controllers only.

inject "INJ-01" {
  at = "T+0:01", from = "Night shift", to = "all", channel = "phone",
  title = "Good morning", text = file "texts/inj-01-good-morning.md", objective = "OBJ-1",
  notes = "Lesson: reading (Enter, or `read` and the number) and writing (`w`, `say`). Wait until everybody has opened it before you worry about anything else.",
}

inject "INJ-02" {
  at = "T+0:02", from = "Line monitor", to = "watch", channel = "alert", urgent = true, ack = true,
  title = "North shore without power", text = file "texts/inj-02-alarm.md", objective = "OBJ-1",
  notes = "Lesson: urgent messages, acknowledging (`k`, `ack`), the situation (`3`, `situation`). True: one fuse on pole 14. A crew needs nine minutes from the moment it is sent.",
}

inject "INJ-03" {
  at = "INJ-02 +1m", from = "Deckhand", to = "ferry", channel = "radio",           -- a minute after INJ-02
  title = "The ramp does not move", text = file "texts/inj-03-ramp.md", objective = "OBJ-1",
  notes = "Lesson: the situation says why, as far as this team may see it; asking (`a`, `ask`) who can see more. Ferry does not know of the fuse; the watch does.",
}

inject "INJ-04" {
  at = "T+0:05", from = "Harbour office", to = "ferry", channel = "email",
  title = "Tide table for today", text = file "texts/inj-04-tide.md", attach = "files/tide.csv", objective = "OBJ-2",
  notes = "Lesson: attachments (`s`, `save`), and passing on (`f`, `forward`): the watch needs to know until when there is water at the quay.",
}


-- 6 Decisions --------------------------------------------------------------------------------------------------
-- A question to one team, with a deadline. Each option is a word and what it means. A good question has
-- no right answer: every option here costs somebody something. `default` is what happens if nobody answers.

decision "D-01" {
  to = "watch", within = "4m", objective = "OBJ-2",
  title   = "One generator. Where does it go?",
  text    = "It is on a trailer; it feeds one thing at a time. The crew for the fuse is on its way in any case. Whichever it is, say why: that line is what is read afterwards.",
  options = {
    { "mast", "To the mast: 420 people can go on calling for help" },
    { "ramp", "To the ramp: the six o'clock ferry takes the nurse across" },
  },
  default = "mast",
  notes   = "Lesson: deciding (`d`, `decide`), with a reason. Mast: the ferry is late (INJ-11). Ramp: the mast falls silent when its battery is empty (INJ-12).",
}

decision "D-02" {
  to = "ferry", within = "3m", objective = "OBJ-2",
  title   = "Passengers are at the quay. What now?",
  options = {
    { "wait",  "Wait at the quay until the ramp is safe, however long it takes" },
    { "south", "Go round to the south quay: forty minutes, and nobody there has been told" },
  },
  default = "wait",
  notes   = "With one team nobody answers: the default is taken at T+0:10, and play goes on.",
}

-- Without options a team answers in its own words. This one is asked by the clock, like an inject.
decision "D-03" {
  to = "watch", at = "T+0:09", within = "4m", objective = "OBJ-1",
  title = "What does the island radio say at six?", text = file "texts/d-03-radio.md",
  notes = "Lesson: a decision in one's own words. Read it out at the end: would you know what to do?",
}


-- 7 Storylines: where the story branches --------------------------------------------------------------------------
-- A storyline is read from top to bottom. `wait_until` and `wait` let time pass, `ask` puts a question and goes on
-- when it is answered or overdue, `send` sends an inject, `set` changes what a service can do by itself.

inject "INJ-11" { from = "Ferry master", to = "watch", channel = "radio",
  title = "The nurse is still here", text = file "texts/inj-11-nurse.md", objective = "OBJ-2" }
inject "INJ-12" { from = "Night shift", to = "watch", channel = "radio", urgent = true,
  title = "Nordhorn is silent", text = file "texts/inj-12-silent.md", objective = "OBJ-2" }
inject "INJ-13" { from = "South quay", to = "ferry", channel = "phone",
  title = "Who sent you here?", text = file "texts/inj-13-south.md", objective = "OBJ-2" }
inject "INJ-14" { from = "Line crew", to = "watch", channel = "radio",
  title = "Fuse is in", text = file "texts/inj-14-power.md", objective = "OBJ-1" }

storyline "the night" (function ()
  wait_until "T+0:02"
  set("line", 0)                       -- percent: the line is dead, and what hangs on it follows
  start_repair "splice"

  wait_until "T+0:03"
  local generator = ask "D-01"         -- the answer, or the default when nobody answered
  set("genset", 100)
  if generator.option == "ramp" then
    open_alternative("ramp", "genset")
  else
    open_alternative("mast", "genset")
    wait "2m"
    send "INJ-11"
  end
end)

storyline "the ferry" (function ()
  wait_until "T+0:07"
  local ferry = ask "D-02"
  if ferry.option == "south" then
    wait "1m"
    send "INJ-13"
  end
end)

-- `when` waits until something is true, whatever brought it about. Here: until nobody can telephone any more.
when(function () return level "mast" == 0 end, function ()
  send "INJ-12"
end)

-- `on` runs each time an event of this kind happens. Here: a repair is started, or done.
on("repair", function (event)
  if event.state == "done" then send "INJ-14" end
end)


-- 8 What should happen ----------------------------------------------------------------------------------------------
-- An expected action is never sent to anybody. The engine watches for it, and shows controllers and evaluators
-- what came, came late, or did not come. If it does not come, a contingency inject can bring play back on course.

inject "INJ-21" { from = "Ferry master", to = "watch", channel = "phone",
  title = "Does anybody tell us anything?", text = file "texts/inj-21-nobody-told-us.md", objective = "OBJ-1",
  notes = "Contingency of EXP-01: the watch has not written to the ferry." }

expect "EXP-01" {
  team = "watch", by = "INJ-02 +4m", objective = "OBJ-1", contingency = "INJ-21",
  text = "The ferry is told what failed and how long it will take",
  met  = function () return said("watch", "ferry") ~= nil end,
  notes = "Lesson: telling (`w`, `say`). A good message has what is known, since when, and until when.",
}

inject "INJ-22" { from = "EXCON", to = "watch", channel = "note", release = "manual",
  title = "Your report, please", text = file "texts/inj-22-report.md", objective = "OBJ-3",
  notes = "Contingency of EXP-02: it waits for your release. Leave it if the team is writing." }

expect "EXP-02" {
  team = "watch", by = "T+0:12", objective = "OBJ-3", product = "sitrep",         -- handed in with h, or: submit sitrep …
  contingency = "INJ-22", release = "manual",
  text = "A report of at most five lines: what failed, what works, until when, what is needed",
}


-- 9 The end -----------------------------------------------------------------------------------------------------------
-- The last message asks the only question that matters after an exercise. At T+0:15 play ends by itself.

inject "INJ-31" {
  at = "T+0:14", from = "EXCON", to = "all", channel = "note",
  title = "One minute left", text = file "texts/inj-31-hot-wash.md", objective = "OBJ-3",
  notes = "Then talk for five minutes. What did you know that the others needed? When did you tell them?",
}
