-- A text may be a function, called when the inject is sent; it asks, and it cannot act.
require "common"

inject "T-1" { at = "T+0:02", to = "all", title = "t", text = function () return "now " .. now() .. " {{now}}\n" end }
inject "T-2" { at = "T+0:03", to = "all", title = "t", text = function () send "INJ-01" return "x" end }
local function silent() end inject "T-3" { at = "T+0:04", to = "all", title = "t", text = silent }
inject "T-4" { at = "T+0:05", to = "all", title = "t", text = function () return ("x"):rep(16385) end }
inject "T-5" { at = "T+0:06", to = "all", title = "t", text = function () return "a\27b" end }
inject "T-6" { at = "T+0:07", to = "all", title = "t", text = function () while true do end return "" end }
inject "T-7" { at = "T+0:08", to = "all", title = "t", text = function () return file "common.lua" and require("texts").sitrep { time = story(), source = "NOC" } end }
inject "T-8" { at = "T+0:08", to = "all", title = "t", text = function () return nil end }
storyline "s" (function () wait "9m" send "T-6" note "on" end)

--= 0:02 inject T-1: now 120 T+0:02:00
--= 0:03 held T-2: its text failed: scenario.lua:5: send: the text of an inject only asks; only a storyline acts
--= 0:04 held T-3: its text failed: scenario.lua:6: inject "T-3": its text function did not give text: is `return` missing?
--= 0:05 held T-4: its text failed: scenario.lua:7: inject "T-4": its text function gave more than 16 KiB
--= 0:06 held T-5: its text failed: scenario.lua:8: inject "T-5": its text function gave text that is not clean UTF-8
--= 0:07 held T-6: its text failed: scenario.lua:9: this text used up its budget of 250000 steps at one moment of play (a loop without wait?)
--= 0:08 inject T-7: SITUATION REPORT, 2022-02-24 08:08Z|Source: NOC
--= 0:08 held T-8: its text failed: scenario.lua:11: inject "T-8": its text function did not give text
--= 0:09 note on
--= 1:00 endex
