-- ask of several opens them together and gives all their answers, in the order of the question.
--@ 0:03 bravo-1 decide decision=D-02 text="We say nothing"
--@ 0:05 alpha-1 decide decision=D-01 option=isolate
require "common"

storyline "s" (function ()
  local one, two = ask("D-01", "D-02")
  note(one.option .. " / " .. two.text .. " / " .. tostring(two.option))
end)

--= 0:00 ask D-01
--= 0:00 ask D-02
--= 0:03 decided D-02 "We say nothing"
--= 0:05 decided D-01 isolate
--= 0:05 note isolate / We say nothing / nil
--= 1:00 endex
