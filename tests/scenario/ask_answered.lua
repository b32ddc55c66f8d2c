-- ask waits for the answer and gives it.
--@ 0:04 alpha-2 decide decision=D-01 option=isolate reason="no time"
require "common"

storyline "s" (function ()
  wait "2m"
  local d = ask "D-01"
  note(d.option .. ", " .. d.by .. ", " .. d.reason .. ", " .. tostring(d.text) .. ", " .. tostring(d.overdue) .. ", " .. now())
end)

--= 0:02 ask D-01
--= 0:04 decided D-01 isolate
--= 0:04 note isolate, alpha-2, no time, nil, false, 240
--= 1:00 endex
