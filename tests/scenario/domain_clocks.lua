-- NIS2's clock runs from awareness, 24 and 72 hours of the story, then a calendar month from the
-- notification; CER's 24 hours, then a month. Nobody is aware of INJ-02: its clock never starts.
exercise "clocks" { title = "Clocks", startex = "2022-01-28 08:00Z", length = "2h", pace = 1000 }
team "alpha" { name = "Alpha" }
inject "INJ-01" { at = "T+0:01", to = "alpha", title = "One", text = "one" }
inject "INJ-02" { at = "T+0:01", to = "alpha", title = "Two", text = "two" }
inject "INJ-91" { to = "alpha", title = "Where is it?", text = "The CSIRT asks." }
objective "OBJ-1" { text = "Report in time" }
local cyber = require "cyber"
--@ 0:02 alpha-1 read item=INJ-01
--@ 0:03 alpha-1 submit product=early-warning text="We are attacked"
--@ 0:05 alpha-1 submit product=incident-notification text="This is what we know"

cyber.nis2 { team = "alpha", inject = "INJ-01", prefix = "NIS2-alpha", objective = "OBJ-1" }
cyber.cer { team = "alpha", inject = "INJ-01", contingency = "INJ-91", products = { "first-word", "last-word" } }
cyber.nis2 { team = "alpha", inject = "INJ-02", prefix = "never", products = { "x", "y", "z" } }

on("expectation", function (e)
  note(e.expectation .. " " .. e.state .. " " .. story())
end)

--= 0:01 inject INJ-01: one
--= 0:01 inject INJ-02: two
--= 0:02 expectation NIS2-alpha-24h open
--= 0:02 expectation NIS2-alpha-72h open
--= 0:02 expectation CER-24h open
--= 0:02 note NIS2-alpha-24h open 2022-01-29 17:20Z
--= 0:02 note NIS2-alpha-72h open 2022-01-29 17:20Z
--= 0:02 note CER-24h open 2022-01-29 17:20Z
--= 0:03 expectation NIS2-alpha-24h met
--= 0:03 note NIS2-alpha-24h met 2022-01-30 10:00Z
--= 0:03:26 expectation CER-24h overdue
--= 0:03:26 inject INJ-91: The CSIRT asks.
--= 0:03:26 expectation CER-report open
--= 0:03:26 note CER-24h overdue 2022-01-30 17:20Z
--= 0:03:26 note CER-report open 2022-01-30 17:20Z
--= 0:05 expectation NIS2-alpha-72h met
--= 0:05 expectation NIS2-alpha-final open
--= 0:05 note NIS2-alpha-72h met 2022-01-31 19:20Z
--= 0:05 note NIS2-alpha-final open 2022-01-31 19:20Z
--= 0:45:12 expectation CER-report overdue
--= 0:45:12 note CER-report overdue 2022-02-28 17:20Z
--= 0:45:19 expectation NIS2-alpha-final overdue
--= 0:45:19 note NIS2-alpha-final overdue 2022-02-28 19:20Z
