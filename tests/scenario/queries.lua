-- read, said, now and story tell what was done and when.
--@ 0:02 alpha-1 read item=INJ-01
--@ 0:03 alpha-1 say to=bravo text="first"
--@ 0:04 alpha-2 say to=bravo text="second"
--@ 0:05 simcell-1 say as=press to=alpha text="a question"
require "common"

storyline "s" (function ()
  send "INJ-01"
  note(tostring(read("alpha", "INJ-01")) .. " " .. tostring(said("alpha", "bravo")) .. " " .. now() .. " " .. story())
  wait "6m"
  local m = said("alpha", "bravo")
  note(m.text .. " by " .. m.by .. " at " .. m.t)
  note(said("press", "alpha").text .. " by " .. said("press", "alpha").by)
  note(tostring(read("alpha", "INJ-01")) .. " " .. tostring(read("bravo", "INJ-01")))
  note(tostring(said("bravo", "excon")) .. " " .. now() .. " " .. story() .. " " .. clock())
  said("aplh" .. "a", "bravo")
end)

--= 0:00 inject INJ-01: text 1
--= 0:00 note false nil 0 2022-02-24 08:00Z
--= 0:06 note second by alpha-2 at 240
--= 0:06 note a question by simcell-1
--= 0:06 note true false
--= 0:06 note nil 360 2022-02-24 08:06Z 08:06
--= 0:06 error [s] scenario.lua:17: said: unknown team or party "aplha" — did you mean "alpha"?
--= 1:00 endex
