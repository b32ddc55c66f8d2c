-- ask of a decision that is settled already gives the answer at once.
--@ 0:03 alpha-1 decide decision=D-01 option=wait
require "common"

storyline "first" (function () ask "D-01" end)
storyline "second" (function ()
  wait "5m"
  note(ask("D-01").option .. " at " .. now())
end)
storyline "third, asked while it is open" (function ()
  wait "1m"
  note("third: " .. ask("D-01").option .. " at " .. now())
end)

--= 0:00 ask D-01
--= 0:03 decided D-01 wait
--= 0:03 note third: wait at 180
--= 0:05 note wait at 300
--= 1:00 endex
