-- send sends once; sending again is noted and the storyline goes on.
require "common"

storyline "s" (function ()
  note(tostring(sent "INJ-01"))
  wait "90s"
  send "INJ-01"
  note(tostring(sent "INJ-01"))
  wait "1m"
  send "INJ-01"
  note "and on"
end)

--= 0:00 note nil
--= 0:01:30 inject INJ-01: text 1
--= 0:01:30 note 90
--= 0:02:30 note INJ-01 is not sent again: it was sent before
--= 0:02:30 note and on
--= 1:00 endex
