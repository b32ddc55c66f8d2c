-- A condition that fails is told once, by its own name, and is not asked again.
--@ 0:05 alpha-1 say to=excon text=hello
require "common"

when(function (id) return sent(id) end, function () note "never" end)
when(function () send "INJ-01" return true end, function () note "never" end)
when(function () while true do end return true end, function () note "never" end)
when(function () return random() end, function () note "never" end)
local function no() local _ = sent "INJ-01" == nil end when(no, function () note "never" end)
when(function () return sent "INJ-01" end, function () note "never" end) -- nil is an answer
when(function () if sent "INJ-01" then return true end end, function () note "never" end) -- and so is this
storyline "s" (function () note "here" end)

--= 0:00 note here
--= 0:00 error [when scenario.lua:5] scenario.lua:5: sent wants an inject's id, in quotes
--= 0:00 error [when scenario.lua:6] scenario.lua:6: send: a condition only asks; only a storyline acts
--= 0:00 error [when scenario.lua:7] scenario.lua:7: this condition used up its budget of 25000 steps at one moment of play (a loop without wait?)
--= 0:00 error [when scenario.lua:8] scenario.lua:8: random: a condition is asked again and again; draw in a storyline and keep the number
--= 0:00 error [when scenario.lua:9] scenario.lua:9: its condition gives nothing: is `return` missing?
--= 1:00 endex
