-- Space: satellite navigation and time, satellite communication, and the weather up there.
-- local space = require "space"
--
-- Declarations take every key of `service` and the keys named at each word; how needs and classes of
-- autonomy are written stands at the top of energy. A number of yours without a source is an assumption.

local vocabulary = require "vocabulary"

local space = {}

-- Satellite navigation as it is received in one region: one service a region, so that one can be jammed.
--   space.gnss "gnss.north" { name = "GNSS, northern sea", public = true }
space.gnss = vocabulary.word("space.gnss", { usual = { domain = "space" } })

-- How well GNSS is received under jamming, in percent. All are assumptions.
space.jamming = { none = 100, light = 70, moderate = 40, heavy = 10, total = 0 }

-- How long a clock keeps time well enough for networks without GNSS: { how long, source }, as classes
-- of autonomy too: { "gnss.north", class = "rubidium" }.
space.clocks = {
  quartz   = { "1h", "assumption" },
  oven     = { "8h", "assumption" }, -- quartz in an oven
  rubidium = { "24h", "assumption" },
  caesium  = { "30d", "assumption" },
}
for name, class in pairs(space.clocks) do vocabulary.classes[name] = class end

-- Time for networks: goes on for as long as its clock holds. gnss: where its time comes from; clock: one
-- of space.clocks (rubidium unless you say), or holdover: how long. A weak signal uses up the
-- holdover more slowly than none: at 40 % of GNSS, 24 h last 40 h.
--   space.timing "timing.north" { name = "Network time, north", gnss = "gnss.north", holdover = "24h", source = "assumption" }
space.timing = vocabulary.word("space.timing", {
  usual = { domain = "space" }, more = { "gnss", "clock", "holdover" },
  prepare = function (_, given, made)
    if given.gnss == nil then return "gnss is missing: where its time comes from" end
    if given.clock ~= nil and not space.clocks[given.clock] then
      return "clock is one of " .. vocabulary.names(space.clocks)
    end
    local first = #made.needs + 1
    local problem = vocabulary.add_needs(made.needs, given.gnss, { class = given.clock or "rubidium", kind = "logical" })
    if problem then return problem end
    for i = first, given.holdover and #made.needs or 0 do
      made.needs[i].autonomy, made.needs[i].source = given.holdover, given.source or "assumption"
    end
  end,
})

-- A communication satellite and its beams. beams: each is an id, and the keys of `service`; it needs the
-- satellite. gateway: the ground station, power of which is the gateway's own affair.
--   space.satcom "sat" { name = "Ka-band satellite", gateway = "gateway.south",
--     beams = { { "sat.north", name = "Beam north", users = 12000 }, { "sat.west", name = "Beam west", users = 9000 } } }
local beam_word = vocabulary.word("space.satcom, beam", { usual = { domain = "space" } })
space.satcom = vocabulary.word("space.satcom", {
  usual = { domain = "space" }, more = { "beams" }, link = { gateway = { kind = "cyber" } },
  prepare = function (_, given)
    for i, beam in ipairs(given.beams or {}) do
      if type(beam) ~= "table" or type(beam[1]) ~= "string" then
        return "beam " .. i .. " wants an id first: { \"sat.north\", name = \"Beam north\" }"
      end
    end
  end,
  after = function (id, given, depth)
    for _, beam in ipairs(given.beams or {}) do
      local made = { seen_by = given.seen_by, public = given.public }
      for key, value in pairs(beam) do
        if key ~= 1 then made[key] = value end
      end
      made.needs = { { id, kind = "physical" } }
      for _, need in ipairs(beam.needs or {}) do made.needs[#made.needs + 1] = need end
      beam_word(beam[1])(made, depth + 1)
    end
  end,
})

-- NOAA's space weather scales --------------------------------------------------------------------------

-- Each step: from (the least value that counts), what NOAA calls it, and what may come of it.
space.noaa = {
  -- Geomagnetic storms, by Kp.
  G = {
    { from = 5, name = "Minor", effect = "weak grid fluctuations; minor impact on satellite operations" },
    { from = 6, name = "Moderate", effect = "voltage alarms and HF fades at high latitudes" },
    { from = 7, name = "Strong", effect = "voltage corrections; intermittent satellite and low-frequency navigation" },
    { from = 8, name = "Severe", effect = "widespread voltage control problems; satellite navigation degraded for hours" },
    { from = 9, name = "Extreme", effect = "grids may collapse; satellite navigation degraded for days; HF out for 1 to 2 days" },
  },
  -- Solar radiation storms, by flux of protons of 10 MeV and more, in pfu.
  S = {
    { from = 10, name = "Minor", effect = "minor impact on polar HF" },
    { from = 100, name = "Moderate", effect = "infrequent single-event upsets" },
    { from = 1000, name = "Strong", effect = "single-event upsets; polar HF degraded, navigation position errors" },
    { from = 10000, name = "Severe", effect = "memory, imaging and star-tracker problems; polar HF blackout for days" },
    { from = 100000, name = "Extreme", effect = "satellites may be rendered useless; no polar HF" },
  },
  -- Radio blackouts, by X-ray flux of 0.1 to 0.8 nm, in W/m²: M1, M5, X1, X10, X20.
  R = {
    { from = 1e-5, name = "Minor", effect = "weak HF degradation on the sunlit side" },
    { from = 5e-5, name = "Moderate", effect = "limited HF blackout for tens of minutes" },
    { from = 1e-4, name = "Strong", effect = "HF lost for about an hour on the sunlit side" },
    { from = 1e-3, name = "Severe", effect = "HF lost for 1 to 2 hours on most of the sunlit side; minor disruption of satellite navigation" },
    { from = 2e-3, name = "Extreme", effect = "no HF on the whole sunlit side for hours; satellite navigation errors for hours" },
  },
}

local function step_of(scale, value)
  local step = nil
  for i, row in ipairs(space.noaa[scale]) do
    if value >= row.from then step = i end
  end
  return step, step and space.noaa[scale][step]
end

-- What step of its scale a measured value is: 1 to 5 and its row above, or nil below the scale.
-- space.r takes a flare's class as well: "M5", "X1.5".
--   local step, row = space.g(8.3)   -- 4, { name = "Severe", … }
function space.g(kp)
  if type(kp) ~= "number" or kp < 0 or kp > 9 then error("space.g wants Kp, 0 to 9", 2) end
  local step, row = step_of("G", kp)
  return step, row
end

function space.s(flux)
  if type(flux) ~= "number" or flux < 0 then error("space.s wants a flux of protons in pfu", 2) end
  local step, row = step_of("S", flux)
  return step, row
end

function space.r(flux)
  local class, number
  if type(flux) == "string" then class, number = flux:match("^([ABCMX])(%d+%.?%d*)$") end
  if class then flux = tonumber(number .. ({ A = "e-8", B = "e-7", C = "e-6", M = "e-5", X = "e-4" })[class]) end
  if type(flux) ~= "number" or flux < 0 then error("space.r wants an X-ray flux in W/m², or a class such as \"M5\"", 2) end
  local step, row = step_of("R", flux)
  return step, row
end

-- What a storm leaves of services, in percent by step. Suggestions: all are assumptions.
space.storm_levels = {
  G = { gnss = { 100, 100, 80, 50, 20 }, grid = { 100, 100, 100, 90, 60 }, hf = { 100, 90, 80, 50, 0 } },
  S = { gnss = { 100, 100, 90, 80, 70 }, satcom = { 100, 100, 95, 80, 40 }, hf = { 95, 90, 60, 10, 0 } },
  R = { gnss = { 100, 100, 100, 90, 60 }, hf = { 90, 60, 0, 0, 0 } },
}

-- Acts in storylines -------------------------------------------------------------------------------------

local jammed, stormed = {}, {} -- what is left of services, in percent; the worse of the two counts

local function apply(id)
  set(id, math.min(jammed[id] or 100, stormed[id] or 100))
end

-- Jams a GNSS service: one of space.jamming, or a percentage that is left.
--   space.jam("gnss.north", "heavy")
function space.jam(id, how)
  local left = type(how) == "number" and how or space.jamming[how or "total"]
  if not left then error("space.jam: \"" .. tostring(how) .. "\" is none of " .. vocabulary.names(space.jamming), 2) end
  jammed[id] = left
  apply(id)
end

-- Gives services back what jamming and storms took: space.restore("gnss.north", "hf.polar").
function space.restore(...)
  for _, id in ipairs { ... } do
    jammed[id], stormed[id] = nil, nil
    apply(id)
  end
end

-- A storm. scale: "G4", "S2", "R3". What it takes is suggested above, for each service named under gnss,
-- satcom, grid, hf (an id or a list), or said by you: levels = { ["grid.north"] = 80 }. lasts: the storyline
-- waits that long, in story time, and then gives all back.
--   space.storm { scale = "G4", gnss = { "gnss.north", "gnss.south" }, hf = "hf.polar", lasts = "6h" }
function space.storm(given)
  local problem = vocabulary.wrong_keys(given,
    { scale = true, gnss = true, satcom = true, grid = true, hf = true, levels = true, lasts = true })
  local letter, step
  if not problem and type(given.scale) == "string" then letter, step = given.scale:match("^([GSR])([1-5])$") end
  if not problem and not letter then problem = "scale is one of G1 to G5, S1 to S5, R1 to R5" end
  if not problem and given.lasts ~= nil and not vocabulary.minutes(given.lasts) then
    problem = "lasts is a duration such as \"6h\""
  end
  local suggested, hit = letter and space.storm_levels[letter], {}
  for _, kind in ipairs(not problem and { "gnss", "satcom", "grid", "hf" } or {}) do
    local ids = given[kind] or {}
    if given[kind] and not suggested[kind] then
      problem = "nothing is suggested for " .. kind .. " in a storm of scale " .. letter .. "; say it with levels"
    else
      for _, id in ipairs(type(ids) == "table" and ids or { ids }) do hit[id] = suggested[kind][tonumber(step)] end
    end
  end
  if problem then error("space.storm: " .. problem, 2) end
  for id, left in pairs(given.levels or {}) do hit[id] = left end
  for id, left in pairs(hit) do
    stormed[id] = left
    apply(id)
  end
  local row = space.noaa[letter][tonumber(step)]
  note("Storm " .. given.scale .. ", " .. row.name .. ": " .. row.effect)
  if given.lasts == nil then return end
  wait((type(given.lasts) == "number" and given.lasts .. "m" or given.lasts) .. " story")
  for id in pairs(hit) do
    stormed[id] = nil
    apply(id)
  end
end

return space
