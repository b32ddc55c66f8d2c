-- random draws from the storyline's own stream, so that another storyline does not disturb it.
require "common"

local draws = {}
local function draw(name)
  for i = 1, 4 do draws[name] = (draws[name] or name) .. " " .. random(6); wait "1m" end
end
storyline "a" (function () draw "a"; note(draws.a) end)
storyline "b" (function () random(); random(); draw "b"; note(draws.b) end)
storyline "ranges" (function ()
  for i = 1, 2000 do
    local f, n, r = random(), random(3), random(-2, 2)
    assert(f >= 0 and f < 1 and n >= 1 and n <= 3 and r >= -2 and r <= 2)
  end
  assert(random(5, 5) == 5)
  note "in range"
end)
storyline "wrong" (function () random(0) end)
storyline "wrong, too" (function () random(1.5) end)

--= 0:00 note in range
--= 0:00 error [wrong] scenario.lua:18: random: there is no number from 1 to 0
--= 0:00 error [wrong, too] scenario.lua:19: random wants whole numbers: random(6), random(10, 20)
--= 0:04 note a 6 3 1 5
--= 0:04 note b 4 2 2 5
--= 1:00 endex
