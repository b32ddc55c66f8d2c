-- A wait for a time that is past returns at once.
require "common"

storyline "s" (function ()
  wait "10m"
  wait_until "T+0:08"
  wait_until "story 08:05"
  wait "0s"
  note(tostring(now()))
end)

--= 0:10 note 600
--= 1:00 endex
