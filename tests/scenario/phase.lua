-- A phase is entered by its time or by enter_phase: story time jumps, and the storyline goes on there.
require "common"

phase "evening" { title = "Evening", at = "T+0:05", story = "20:00", pace = 2 }
phase "day-2"   { title = "Day 2", text = "The morning after.", story = "2022-02-25 07:00" }

phase "month"   { title = "A month later", at = "T+0:40", story = "2022-03-24 09:00" }

storyline "s" (function ()
  wait "10m"
  note(story())
  enter_phase "day-2"
  note(story())
  wait "30m story"
  note(story() .. " " .. now() // 60)
end)
storyline "waits for the morning" (function () wait_until "story 2022-02-25 06:00" note("morning " .. story()) end)
storyline "counts from the evening before" (function ()
  wait "6m"
  send "INJ-01"
  wait_until "INJ-01 +11h30m story"
  note("a night later " .. story())
end)
storyline "waits for a month" (function () wait "1 month story" note("a month later " .. story()) end)
storyline "sorts" (function () wait "1m" table.sort({ 1, 2 }, function () enter_phase "day-2" end) end)
storyline "unknown" (function () wait "1m" local id = "day-3" enter_phase(id) end)

--= 0:01 error [sorts] scenario.lua:25: enter_phase cannot stand in a function given to table.sort or string.gsub
--= 0:01 error [unknown] scenario.lua:26: enter_phase: unknown phase "day-3" — did you mean "day-2"?
--= 0:05 phase-entered evening 2022-02-24 20:00Z
--= 0:06 inject INJ-01: text 1
--= 0:10 note 2022-02-24 20:10Z
--= 0:10 phase-entered day-2 2022-02-25 07:00Z
--= 0:10 note morning 2022-02-25 06:00Z
--= 0:10 note 2022-02-25 07:00Z
--= 0:25 note 2022-02-25 07:30Z 25
--= 0:26 note a night later 2022-02-25 07:32Z
--= 0:40 phase-entered month 2022-03-24 09:00Z
--= 0:40 note a month later 2022-03-24 08:00Z
--= 1:00 endex
