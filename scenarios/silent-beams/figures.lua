-- The figures that follow from decisions, in one place. Only one of them is record: with the
-- segment left open both times the count ends near the 30,000 of the public record. The others
-- are judgement, made so that every option has its price.

local figures = {}

-- Terminals lost for good by 05:00 UTC: first what D-01 chose, then D-06.
local lost = {
  isolate = { cut = 10300, rekey = 10300, wait = 10300 },
  block   = { cut = 16900, rekey = 18500, wait = 22400 },
  wait    = { cut = 24300, rekey = 25900, wait = 30100 },
}

-- What the advice to switch off saves, if there is a second wave.
local saved = { isolate = 0, block = 2600, wait = 4200 }

-- Healthy terminals that cannot come back yet.
local outside = {
  isolate = { cut = 14200, rekey = 14200, wait = 14200 },
  block   = { cut = 12800, rekey = 900, wait = 5200 },
  wait    = { cut = 12800, rekey = 900, wait = 1900 },
}

-- An answer of a team's own counts as waiting.
local function row(of, gate)
  return of[gate or "wait"] or of.wait
end

function figures.silent(gate, late, advice)
  local count = row(lost, gate)
  local n = count[late or "wait"] or count.wait
  if advice == "off" then
    n = n - (saved[gate or "wait"] or saved.wait)
  end
  return n
end

function figures.locked_out(gate, late)
  local count = row(outside, gate)
  return count[late or "wait"] or count.wait
end

local gale = {
  convoy = { tripped = 148, reset = 108, output = "6.9 GW and rising",
             crews = "52 of 64 crews on their ridges, all of them into their tenth hour" },
  held   = { tripped = 163, reset = 31, output = "6.6 GW and falling",
             crews = "19 of 64 crews on their ridges, the others wait for a gritter; two people in hospital" },
  stop   = { tripped = 74, reset = 21, output = "5.8 GW; 610 turbines are parked, all of them whole",
             crews = "610 restarts wait for a crew, at nine a crew and day if the road is open" },
  run    = { tripped = 231, reset = 0, output = "6.3 GW and falling",
             crews = "64 rested crews, none on a ridge, first ones there by eight local" },
}

-- The night of the wind crews by what D-03 chose, and for crews by whether they knew of the ice.
function figures.gale(fleet, warned)
  if fleet == "crews" then
    return warned and gale.convoy or gale.held
  end
  return fleet == "stop" and gale.stop or gale.run
end

-- 30100 as "30,100"
function figures.text(n)
  if n < 1000 then return string.format("%d", n) end
  return string.format("%d,%03d", n // 1000, n % 1000)
end

return figures
