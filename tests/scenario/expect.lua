-- An expected action is met by its condition, a product, a script's word or an evaluator's mark; if it is
-- not, its contingency inject goes.
--@ 0:02 alpha-1 say to=bravo text="look at this"
--@ 0:06 bravo-1 submit product=report text="All we know."
--@ 0:07 evaluator-1 mark-action expectation=E-MARK state=met
--@ 0:20 excon-1 release inject=ARMED-2
require "common"

inject "ARMED-1" { to = "alpha", title = "Nobody warned", text = "armed one" }
inject "ARMED-2" { to = "alpha", title = "Nobody called", text = "armed two" }

expect "E-SAID"    { team = "alpha", text = "Tell them", by = "T+0:10", met = function () return said("alpha", "bravo") end }
expect "E-PRODUCT" { team = "bravo", text = "Report", by = "INJ-01 +10m", product = "report" }
expect "E-SCRIPT"  { team = "alpha", text = "Decide", by = "story 08:10" }
expect "E-MARK"    { team = "alpha", text = "Be calm", by = "T+0:10" }
expect "E-ABSENT"  { team = "alpha", text = "Warn", by = "T+0:10", contingency = "ARMED-1" }
expect "E-MANUAL"  { team = "alpha", text = "Call", by = "T+0:15", contingency = "ARMED-2", release = "manual" }
expect "E-FAILS"   { team = "alpha", text = "Fail", by = "T+0:10", met = function (id) return sent(id) end }
expect "E-ACTS"    { team = "alpha", text = "Act", by = "T+0:10", met = function () send "INJ-02" return true end }
local function ask() said("alpha", "bravo") end expect "E-NOTHING" { team = "alpha", text = "Say", by = "T+0:10", met = ask }

storyline "s" (function ()
  send "INJ-01"
  wait "5m"
  met "E-SCRIPT"
end)
storyline "unknown" (function () local id = "E-SIAD" met(id) end)

--= 0:00 expectation E-SAID open
--= 0:00 expectation E-SCRIPT open
--= 0:00 expectation E-MARK open
--= 0:00 expectation E-ABSENT open
--= 0:00 expectation E-MANUAL open
--= 0:00 expectation E-FAILS open
--= 0:00 expectation E-ACTS open
--= 0:00 expectation E-NOTHING open
--= 0:00 inject INJ-01: text 1
--= 0:00 expectation E-PRODUCT open
--= 0:00 error [unknown] scenario.lua:27: met: unknown expectation "E-SIAD" — did you mean "E-SAID"?
--= 0:00 error E-FAILS: its condition failed and is not asked again: scenario.lua:18: sent wants an inject's id, in quotes
--= 0:00 error E-ACTS: its condition failed and is not asked again: scenario.lua:19: send: a condition only asks; only a storyline acts
--= 0:00 error E-NOTHING: its condition failed and is not asked again: scenario.lua:20: its condition gives nothing: is `return` missing?
--= 0:02 expectation E-SAID met
--= 0:05 expectation E-SCRIPT met
--= 0:06 expectation E-PRODUCT met
--= 0:07 expectation E-MARK met
--= 0:10 expectation E-ABSENT overdue
--= 0:10 inject ARMED-1: armed one
--= 0:10 expectation E-FAILS overdue
--= 0:10 expectation E-ACTS overdue
--= 0:10 expectation E-NOTHING overdue
--= 0:15 expectation E-MANUAL overdue
--= 0:15 armed ARMED-2 for E-MANUAL
--= 0:20 inject ARMED-2: armed two
--= 1:00 expectation E-ABSENT not-observed
--= 1:00 expectation E-MANUAL not-observed
--= 1:00 expectation E-FAILS not-observed
--= 1:00 expectation E-ACTS not-observed
--= 1:00 expectation E-NOTHING not-observed
--= 1:00 endex
