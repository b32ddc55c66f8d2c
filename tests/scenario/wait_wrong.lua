-- What is no time is refused where it is written.
require "common"

storyline "a" (function () wait("so" .. "on") end)
storyline "b" (function () wait(10 + 10) end)
storyline "c" (function () wait_until("no" .. "on") end)
storyline "d" (function () wait(99999999 .. "d") end)

--= 0:00 error [a] scenario.lua:4: wait: "soon" is not a duration: write it like 90s, 15m, 1h30m, 2d or 250ms
--= 0:00 error [b] scenario.lua:5: wait wants a duration, like "20m" or "24h story", in quotes
--= 0:00 error [c] scenario.lua:6: wait_until: "noon" is not a time: write it like T+0:30 (hours:minutes of play), story 08:00, or INJ-04 +15m (after that inject was sent)
--= 0:00 error [d] scenario.lua:7: wait: "99999999d" is longer than ten years
--= 1:00 endex
