-- Between counts and levels, and the few figures that are no level.

local figures = {}

local fleet = 61200 -- consumer terminals online at 02:55 UTC: 100 % of what world.lua calls terminals

-- The level at which so many of the terminals are lost, to a tenth of a percent; and back, to the hundred.
function figures.without(lost, all)
  return math.floor((1 - lost / (all or fleet)) * 1000 + 0.5) / 10
end

function figures.lost(level)
  return math.floor((100 - level) * fleet / 10000 + 0.5) * 100
end

-- The second wave: terminals silent when it begins, what it takes in each minute (first four, next eight,
-- after that) until 05:00 UTC, and what a last list costs when new keys are forced. Only one sum is
-- record: with the segment open both times it ends near the 30,000 of the public record.
figures.wave = {
  block = { before = 10700, first = 12800, rates = { 500, 250, 170 }, queued = 1600 },
  wait  = { before = 11600, first = 15900, rates = { 1000, 500, 190 }, queued = 1600 },
}

-- In a minute of the wave, counted from its first alarm.
function figures.rate(wave, minute)
  return wave.rates[minute < 4 and 1 or minute < 12 and 2 or 3]
end

-- A terminal that its owner has switched off cannot be told to die.
figures.spared = 0.78

-- The night of the wind crews: turbines that protected themselves since midnight, how many of them stand
-- still at the end, what the meters say, and where the crews are.
local gale = {
  convoy = { tripped = 148, still = 40, output = "6.9 GW and rising", tower_foot = 3.9,
             crews = "52 of 64 crews on their ridges, all of them into their tenth hour" },
  held   = { tripped = 163, still = 132, output = "6.6 GW and falling", tower_foot = 1.4,
             crews = "19 of 64 crews on their ridges, the others wait for a gritter; two people in hospital" },
  stop   = { tripped = 74, still = 663, output = "5.8 GW; 610 turbines are parked, all of them whole",
             crews = "610 restarts wait for a crew, at nine a crew and day if the road is open" },
  run    = { tripped = 231, still = 231, output = "6.3 GW and falling",
             crews = "64 rested crews, none on a ridge, first ones there by eight local" },
}

-- By what D-03 chose, and for crews by whether they knew of the ice.
function figures.gale(choice, warned)
  if choice == "crews" then
    return warned and gale.convoy or gale.held
  end
  return choice == "stop" and gale.stop or gale.run
end

-- 30100 as "30,100"
function figures.text(n)
  if n < 1000 then return string.format("%d", n) end
  return string.format("%d,%03d", n // 1000, n % 1000)
end

return figures
