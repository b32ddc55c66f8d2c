-- wait counts play time, or story time with the word story; a pause is no time at all.
--@ 0:01 excon-1 pace pace=4000
--@ 0:03 excon-1 pause
--@ 0:03 excon-1 resume
require "common"

storyline "play" (function () wait "5m"; note("play " .. now()) end)
storyline "story" (function ()
  wait "9m story" -- one minute at pace 1, eight at pace 4
  note("story " .. now() .. " " .. story())
end)
storyline "fractions" (function () wait "1500ms"; note("fraction " .. now()) end)

--= 0:00:01 note fraction 1.5
--= 0:03 note story 180 2022-02-24 08:09Z
--= 0:05 note play 300
--= 1:00 endex
