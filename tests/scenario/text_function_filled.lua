-- What a text function gives is filled in like any text; what a player wrote is not.
--@ 0:02 alpha-1 decide decision=D-01 option=other text="Half {{{now}}"
--@ 0:03 excon-1 rule decision=D-01 ruling=accept
require "common"

inject "T-1" { at = "T+0:04", to = "all", title = "t", text = function () return "At {{now}}: " .. decided("D-01").text end }
inject "T-2" { at = "T+0:05", to = "all", title = "t", text = function () return "At {{nwo}}" end }
storyline "s" (function () note(ask("D-01").text) end)

--= 0:00 ask D-01
--= 0:03 decided D-01 other "Half {{{now}}"
--= 0:03 note Half { { {now}}
--= 0:04 inject T-1: At T+0:04:00: Half { { {now}}
--= 0:05 held T-2: its text failed: scenario.lua:7: inject "T-2": {{…}} does not know "nwo"
--= 1:00 endex
