-- A text that grows beyond 16 KiB when its {{…}} are filled in is held, as one that a function gives is.
require "common"

local long = ("{{story}} "):rep(1000)

inject "INJ-90" { at = "T+1m", to = "bravo", title = "Too long", text = long }
inject "INJ-91" { at = "T+2m", to = "bravo", title = "Long enough", text = "{{now}}" }

--= 0:01 held INJ-90: its text failed: scenario.lua:6: inject "INJ-90": its text is longer than 16 KiB when its {{…}} are filled in
--= 0:02 inject INJ-91: T+0:02:00
--= 1:00 endex
