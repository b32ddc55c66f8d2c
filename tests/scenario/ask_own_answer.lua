-- An answer of a team's own waits for EXCON's ruling; accepted, it is the option "other" with its text.
--@ 0:02 alpha-1 decide decision=D-01 option=other text="Half of it"
--@ 0:06 excon-1 rule decision=D-01 ruling=accept
require "common"

storyline "s" (function ()
  local d = ask "D-01"
  note(d.option .. ": " .. d.text .. " at " .. now())
end)

--= 0:00 ask D-01
--= 0:06 decided D-01 other "Half of it"
--= 0:06 note other: Half of it at 360
--= 1:00 endex
