-- The text of an inject is filled in with the world as it is when the inject is sent.
require "world"

inject "STATE" {
  to = "all", title = "State",
  text = "{{level rail}} % | {{because rail}} | {{outlook mast}} | {{outlook road}} | {{lost_hours grid}} h",
}
inject "LATER" { to = "all", title = "Later", text = "{{outlook mast}}" }

storyline "s" (function ()
  set("grid", 25)
  send "STATE"
  wait "30m"
  set("grid", 100)
  send "LATER"
end)

--= 0:00 level grid 25
--= 0:00 level rail 62.5 by grid
--= 0:00 inject STATE: 62.5 % | Railway 62.5 % because Grid 25 % | worsening: 25 % at 08:27 | stable | 0 h
--= 0:27 level mast 25 by grid
--= 0:30 level grid 100
--= 0:30 level rail 100
--= 0:30 inject LATER: improving: 100 % at 08:32
--= 0:32 level mast 100
--= 1:00 endex
