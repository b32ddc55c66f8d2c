-- A dropped storyline never runs again; a woken one goes on at once, and does not wake a second time.
--@ 0:01 excon-1 drop storyline="the wipe" reason="no time"
--@ 0:02 excon-1 wake storyline="the call"
--@ 0:03 excon-1 drop storyline="asks" reason="no time"
require "common"

storyline "the wipe" (function () wait "5m" note "the wipe goes on" end)
storyline "the call" (function () wait "24h story" note("the call goes on at " .. now()) wait "1m" note("and on at " .. now()) end)
storyline "asks" (function () ask "D-01" note "asked" end)

--= 0:00 ask D-01
--= 0:02 note the call goes on at 120
--= 0:03 note and on at 180
--= 0:10 overdue D-01 wait
--= 1:00 endex
