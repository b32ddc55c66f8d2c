-- A handler that fails is told by its own name, and is asked again at the next event.
require "common"

storyline "s" (function () send "INJ-01"; wait "1m"; send "INJ-02" end)
on("inject", function (e)
  if e.inject == "INJ-01" then error "no" end
  note("saw " .. e.inject)
end)

--= 0:00 inject INJ-01: text 1
--= 0:00 error [on inject scenario.lua:5] scenario.lua:6: no
--= 0:01 inject INJ-02: text 2
--= 0:01 note saw INJ-02
--= 1:00 endex
