-- wait_until knows play time, story time, and times after an inject was sent.
require "common"

storyline "play" (function () wait_until "T+0:08"; send "INJ-01"; wait_until "INJ-01 +15m"; note(tostring(now())) end)
storyline "story" (function () wait_until "story 08:20"; note("story " .. now()) end)
storyline "dated" (function () wait_until "story 2022-02-24 08:21"; note("dated " .. now()) end)
storyline "unsent" (function () wait_until "INJ-02 +1m" end)

--= 0:00 error [unsent] scenario.lua:7: wait_until: INJ-02 was not sent (it is planned), so no time counts from it
--= 0:08 inject INJ-01: text 1
--= 0:20 note story 1200
--= 0:21 note dated 1260
--= 0:23 note 1380
--= 1:00 endex
