-- A loop without end stops its own storyline, pcall or not; the others go on at the same moment.
require "common"

storyline "endless" (function () while true do end end)
storyline "waits for nothing" (function () while true do wait "0s" end end)
storyline "catches" (function () while true do pcall(function () while true do end end) end end)
storyline "honest" (function () note "here"; wait "1m"; note "still here" end)

--= 0:00 error [endless] scenario.lua:4: this storyline used up its budget of 250000 steps at one moment of play (a loop without wait?)
--= 0:00 error [waits for nothing] scenario.lua:5: this storyline used up its budget of 250000 steps at one moment of play (a loop without wait?)
--= 0:00 error [catches] scenario.lua:6: this storyline used up its budget of 250000 steps at one moment of play (a loop without wait?)
--= 0:00 note here
--= 0:01 note still here
--= 1:00 endex
