-- decided gives what ask would, or nil while there is no answer.
--@ 0:03 alpha-1 decide decision=D-01 option=isolate
require "common"

storyline "asks" (function () ask "D-01" end)
storyline "looks" (function ()
  note(tostring(decided "D-01"))
  wait "4m"
  note(decided("D-01").option .. " by " .. decided("D-01").by)
  note(tostring(decided "D-02"))
end)

--= 0:00 ask D-01
--= 0:00 note nil
--= 0:03 decided D-01 isolate
--= 0:04 note isolate by alpha-1
--= 0:04 note nil
--= 1:00 endex
