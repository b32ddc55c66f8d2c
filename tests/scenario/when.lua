-- Conditions are asked in order after each step, and each fires once, the first time it is true.
--@ 0:05 alpha-1 decide decision=D-01 option=wait
require "common"

storyline "s" (function () ask "D-01"; wait "2m"; send "INJ-01" end)
when(function () return now() >= 300 end, function () note "second by order, first by time"; wait "1m"; note "a storyline" end)
when(function () return decided "D-01" end, function () note("decided " .. decided("D-01").option) end)
when(function () return sent "INJ-01" end, function () note "sent" end)

--= 0:00 ask D-01
--= 0:05 note second by order, first by time
--= 0:05 decided D-01 wait
--= 0:05 note decided wait
--= 0:06 note a storyline
--= 0:07 inject INJ-01: text 1
--= 0:07 note sent
--= 1:00 endex
