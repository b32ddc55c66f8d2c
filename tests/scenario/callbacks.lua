-- What waits cannot stand in a function given to sort or gsub, and then nothing of it happens.
require "common"

storyline "sort" (function () table.sort({ 2, 1 }, function (a, b) ask "D-01" return a < b end) end)
storyline "gsub" (function () ("x"):gsub("x", function () wait "1m" end) end)
storyline "send is fine" (function () ("x"):gsub("x", function () send "INJ-01" end) end)
storyline "pcall is fine" (function () pcall(function () wait "1m" note "after" end) end)

--= 0:00 error [sort] scenario.lua:4: ask cannot stand in a function given to table.sort or string.gsub
--= 0:00 error [gsub] scenario.lua:5: wait cannot stand in a function given to table.sort or string.gsub
--= 0:00 inject INJ-01: text 1
--= 0:01 note after
--= 1:00 endex
