-- A text's random numbers are its own: the same whoever sends it and whatever was drawn before.
require "common"

inject "T-1" { to = "all", title = "t", text = function () return "drawn " .. random(1000) end }
storyline "s" (function () for i = 1, 10 do random() end send "T-1" end)

--= 0:00 inject T-1: drawn 492
--= 1:00 endex
