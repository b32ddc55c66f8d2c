-- A held inject that is sent waits for its release; a skipped one is a noted no-op. The storyline goes on.
--@ 0:01 excon-1 skip inject=INJ-02 reason="not needed"
--@ 0:05 excon-1 release inject=HELD
require "common"

storyline "s" (function ()
  wait "2m"
  send "HELD"
  send "INJ-02"
  note("held: " .. tostring(sent "HELD"))
  wait "4m"
  note("held: " .. tostring(sent "HELD"))
end)

--= 0:02 held HELD: waits for release by EXCON
--= 0:02 note INJ-02 is not sent again: it was skipped by EXCON
--= 0:02 note held: nil
--= 0:05 inject HELD: held text
--= 0:06 note held: 300
--= 1:00 endex
