-- Overdue gives the default option, or nil where there is none, and says so.
require "common"

storyline "with a default" (function ()
  local d = ask "D-01"
  note(d.option .. " " .. tostring(d.overdue) .. " " .. tostring(d.by))
end)

storyline "without one" (function ()
  local d = ask "D-02"
  note(tostring(d.option) .. " " .. tostring(d.overdue))
end)

--= 0:00 ask D-01
--= 0:00 ask D-02
--= 0:10 overdue D-01 wait
--= 0:10 note wait true nil
--= 0:20 overdue D-02
--= 0:20 note nil true
--= 1:00 endex
