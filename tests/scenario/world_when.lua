-- Conditions over levels fire when the world changes, by itself too.
require "world"

when(function () return level "mast" < 50 end, function () note("mast " .. level "mast" .. " at " .. now() // 60) end)
when(function () return level "grid" == 100 and level "mast" == 100 and now() > 0 end, function () note "all is well" end)

storyline "s" (function ()
  wait "1m"
  set("grid", 0)
  wait "30m"
  set("grid", 100)
end)

--= 0:01 level grid 0
--= 0:01 level rail 50 by grid
--= 0:21 level mast 0 by grid
--= 0:21 note mast 0 at 21
--= 0:31 level grid 100
--= 0:31 level rail 100
--= 0:33 level mast 100
--= 0:33 note all is well
--= 1:00 endex
