-- A reporting clock begins when the team became aware: it read the inject, or a controller marked it.
--@ 0:05 alpha-1 read item=INJ-01
--@ 0:08 excon-1 aware team=bravo inject=INJ-01
--@ 0:12 alpha-1 submit product=warning text="We see it."
require "common"

expect "A-1" { team = "alpha", text = "Warn", by = "aware INJ-01 +10m story", product = "warning" }
expect "A-2" { team = "alpha", text = "Report", by = "met A-1 +20m story", product = "final" }
expect "B-1" { team = "bravo", text = "Warn", by = "aware INJ-01 +10m", product = "warning" }
expect "B-2" { team = "bravo", text = "Report", by = "met B-1 +1 month story", product = "final" }

storyline "s" (function ()
  send "INJ-01"
  note(tostring(aware("alpha", "INJ-01")))
  wait "10m"
  note(aware("alpha", "INJ-01") .. " " .. aware("bravo", "INJ-01"))
end)

--= 0:00 inject INJ-01: text 1
--= 0:00 note nil
--= 0:05 expectation A-1 open
--= 0:08 expectation B-1 open
--= 0:10 note 300 480
--= 0:12 expectation A-1 met
--= 0:12 expectation A-2 open
--= 0:18 expectation B-1 overdue
--= 0:18 expectation B-2 open
--= 0:32 expectation A-2 overdue
--= 1:00 expectation A-2 not-observed
--= 1:00 expectation B-1 not-observed
--= 1:00 expectation B-2 not-exercised
--= 1:00 endex
