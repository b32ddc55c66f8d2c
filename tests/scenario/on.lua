-- on runs for every event of its kind and is given its fields.
--@ 0:03 alpha-1 decide decision=D-01 option=isolate reason=now
--@ 0:04 alpha-1 say to=bravo,press text="help us"
require "common"

storyline "s" (function () send "INJ-01"; ask("D-01"); send "INJ-02" end)

on("inject", function (e)
  note(e.kind .. " " .. e.inject .. " to " .. table.concat(e.to, "+") .. " at " .. e.t)
end)
on("ask", function (e)
  note(e.decision .. " " .. e.team .. " " .. e.options[2][1] .. " until " .. e.deadline)
end)
on("decided", function (e)
  note(e.decision .. " " .. e.option .. " by " .. e.by .. " because " .. e.reason)
  wait "2m"
  note "handlers wait, too"
end)
on("say", function (e)
  note(e.by .. " to " .. table.concat(e.to, "+") .. ": " .. e.text .. tostring(e.seq) .. tostring(e.cause) .. tostring(e.wall))
end)

--= 0:00 inject INJ-01: text 1
--= 0:00 ask D-01
--= 0:00 note inject INJ-01 to alpha+bravo at 0
--= 0:00 note D-01 alpha wait until 600
--= 0:03 decided D-01 isolate
--= 0:03 inject INJ-02: text 2
--= 0:03 note D-01 isolate by alpha-1 because now
--= 0:03 note inject INJ-02 to alpha+bravo at 180
--= 0:04 note alpha-1 to bravo+press: help usnilnilnil
--= 0:05 note handlers wait, too
--= 1:00 endex
