-- Energy: grids, substations, interconnectors, gas, and how long things last without them.
-- local energy = require "energy"
--
-- Declarations take every key of `service` and the keys named at each word. Wherever a service is
-- needed, an id will do ("grid.north"), or a need ({ "grid.north", strength = 60, autonomy = "4h",
-- source = "…" }), or a list of needs. A need may name a class of autonomy: class = "mobile".
-- What you write goes before every default below; a number of yours without a source is an assumption.

local vocabulary = require "vocabulary"

local energy = {}

-- How long consumers go on without external power: { how long, source }. In any need of a word of
-- these modules: { "grid.north", class = "tso_voice" }. In the kernel's `service`: energy.need { … }.
local classes = vocabulary.classes
energy.classes = classes

classes.tso_voice    = { "24h", "Commission Regulation (EU) 2017/2196 Art. 41(1)" } -- voice for restoring the grid
classes.tso_tools    = { "24h", "Commission Regulation (EU) 2017/2196 Art. 42 (recalled: check before use)" } -- critical tools, essential substations
classes.mobile_town  = { "2h", "Nkom (Norway) minimum requirement: 20,000 inhabitants and more" }
classes.mobile       = { "4h", "Nkom (Norway) minimum requirement: fewer than 20,000 inhabitants" }
classes.nodnett      = { "8h", "nodnett.no, as quoted in the press: base stations at least" } -- emergency radio (TETRA)
classes.nodnett_best = { "48h", "Nkom, op-ed of December 2021: best protected sites" }
classes.reinforced   = { "72h", "Nkom, reinforced networks (forsterket ekom): one area in each municipality" }
classes.cabinet      = { "4h", "Ofcom resilience guidance 2024: street cabinets of fixed networks" }
classes.data_centre  = { "24h", "assumption" } -- diesel on site
classes.control_room = { "24h", "assumption" }
classes.signalling   = { "4h", "assumption" } -- batteries of signal boxes and radio
classes.terminal     = { "8h", "assumption" } -- port and airport buildings
classes.linepack     = { "24h", "assumption" } -- gas that stands in the pipes

-- A need for the kernel's `service`, with a class of autonomy:
--   service "pumps" { domain = "water", name = "Pumps", needs = { energy.need { "grid.north", class = "cabinet" } } }
function energy.need(given)
  local need, problem = vocabulary.need(given)
  if problem then error("energy.need: " .. problem, 2) end
  return need
end

-- A grid. imports: links whose loss it feels by their strength, the share of its winter peak; under
-- rule = "sum" several losses add up. Where load shedding shall hold the grid instead, leave imports out
-- and declare energy.shedding.
--   energy.grid "grid.north" { name = "Northern grid", users = 2400000, rule = "sum", seen_by = { "tso" },
--     imports = { { "link.east", strength = 8, source = "650 of 8,200 MW" },
--                 { "link.west", strength = 12, source = "assumption" } } }
energy.grid = vocabulary.word("energy.grid", {
  usual = { domain = "energy" }, link = { imports = { kind = "physical" } },
})

-- Restoring a grid after a blackout, as a repair. It stands still without voice, which itself lives on
-- the grid, for 24 h (class tso_voice): the circle that only fuel or a black start opens. A grid that runs
-- needs no voice, so it is no need of the grid. takes: 18.5 h. tools: critical tools; the rest as in `repair`.
--   energy.restoration "restore" { grid = "grid.north", voice = "tso.voice", takes = "30h", source = "assumption" }
energy.spain_2025 = { "18h30m", "Spain, 28 April 2025: 92 % of demand after 18.5 h (press quoting REE)" }

function energy.restoration(id)
  local declare = repair(id)
  return function (given)
    local problem = vocabulary.wrong_keys(given, { grid = true, voice = true, tools = true, takes = true,
      name = true, crews = true, to = true, needs = true, source = true })
    if problem then error("energy.restoration \"" .. tostring(id) .. "\": " .. problem, 2) end
    local needs = {}
    for _, need in ipairs(given.needs or {}) do needs[#needs + 1] = need end
    for _, key in ipairs { "voice", "tools" } do
      if given[key] then needs[#needs + 1] = type(given[key]) == "table" and given[key] or { given[key] } end
    end
    declare { service = given.grid, name = given.name or "Restore the grid", work = given.takes or energy.spain_2025[1],
      crews = given.crews, to = given.to, needs = needs,
      source = given.source or given.takes and "assumption" or energy.spain_2025[2] }
  end
end

-- A substation: grid feeds it; control (its remote control) has nothing to do with the current.
--   energy.substation "sub.lund" { name = "Lund 132 kV", grid = "grid.north", users = 41000 }
energy.substation = vocabulary.word("energy.substation", {
  usual = { domain = "energy" }, link = { grid = { kind = "physical" } },
})

-- A link to another grid. joins: the one or two grids without which it carries nothing. A grid that imports
-- through it is left out there: each would hold the other down.
--   energy.interconnector "link.east" { name = "East Link", joins = { "grid.east" } }
energy.interconnector = vocabulary.word("energy.interconnector", {
  usual = { domain = "energy" }, more = { "joins" },
  prepare = function (_, given, made)
    if given.joins == nil then return end
    if type(given.joins) ~= "table" or #given.joins < 1 or #given.joins > 2 then
      return "joins is a list of one or two grids: { \"grid.north\", \"grid.east\" }"
    end
    for _, grid in ipairs(given.joins) do
      local problem = vocabulary.add_needs(made.needs, grid, { kind = "physical" })
      if problem then return problem end
    end
  end,
})

-- A gas network. inlet: where its gas comes from; it lives on the gas in its pipes for 24 h (class
-- linepack, an assumption). power: its compressors (no autonomy).
--   energy.gas "gas.north" { name = "Gas network", inlet = "gas.link", power = "sub.lund" }
energy.gas = vocabulary.word("energy.gas", {
  usual = { domain = "energy" },
  link = { inlet = { class = "linepack", kind = "physical" }, power = { kind = "physical" } },
})

-- A repair whose work follows from what is broken and how badly: component and damage as below, the
-- rest as in `repair`. Mean days of one crew after an earthquake; other causes are like it, not equal.
--   energy.repair "sub.fix" { service = "sub.lund", name = "Transformer", component = "substation", damage = "moderate" }
energy.repair_days = {
  substation = { slight = 1, moderate = 3, extensive = 7, complete = 30 },
  line       = { slight = 0.3, moderate = 1, extensive = 3, complete = 7 },
  switch     = { slight = 0.3, moderate = 1, extensive = 3, complete = 7 },
  grid       = { slight = 1, moderate = 3, extensive = 7, complete = 30 },
}
energy.repair = vocabulary.repair_word("energy.repair", energy.repair_days, "FEMA HAZUS, mean recovery (earthquake)")

local plans = {} -- of load shedding, and of black starts, by their ids

local function keep(word, id, plan, problem)
  if type(id) ~= "string" then error(word .. " wants an id in quotes first", 3) end
  if plans[id] then problem = "there is a plan of this name already" end
  if problem then error(word .. " \"" .. id .. "\": " .. problem, 3) end
  plans[id] = plan
end

local function wrong_steps(given, keys, list)
  local problem = vocabulary.wrong_keys(given, keys)
  if problem then return problem end
  if type(given[list]) ~= "table" or #given[list] == 0 then return list .. " is missing, a list" end
end

local function plan_of(id, kind)
  local plan = plans[id]
  if not plan or plan.kind ~= kind then return nil, "there is no such plan: declare it first with energy." .. kind end
  return plan
end

-- Under-frequency load shedding: which consumers go, in which order, to hold a grid. Each stage gives
-- relief (percent of the grid's demand) and takes services down to level (0 unless you say). hold is
-- the level at which the grid is held when shedding suffices (100), and collapse where it ends when all
-- stages are not enough (0). The grid of such a plan should not need its imports as well: the plan says
-- what their loss does.
--   energy.shedding "ufls" { grid = "grid.north",
--     stages = { { relief = 6, take = { "feeder.west" } }, { relief = 10, take = { "smelter", "feeder.east" } } } }
function energy.shedding(id)
  return function (given)
    local problem = wrong_steps(given, { grid = true, stages = true, hold = true, collapse = true }, "stages")
    if not problem and type(given.grid) ~= "string" then problem = "grid is missing: the id of the grid it holds" end
    for i, stage in ipairs(not problem and given.stages or {}) do
      local why = vocabulary.wrong_keys(stage, { relief = true, take = true, level = true })
      if not why and (type(stage.relief) ~= "number" or stage.relief <= 0) then
        why = "relief is missing: percent of the demand"
      elseif not why and (type(stage.take) ~= "table" or #stage.take == 0) then
        why = "take is missing: a list of services"
      end
      problem = problem or (why and "stage " .. i .. ": " .. why)
    end
    keep("energy.shedding", id, { kind = "shedding", given = given, taken = 0, relief = 0 }, problem)
  end
end

-- Acts in storylines. energy.shed: so many percent of the demand are missing (in all, those missing
-- before included); takes as many further stages as it needs, and tells EXCON. Gives true when the
-- grid is held, and how many stages are taken now.
--   set("link.east", 0)
--   if not energy.shed("ufls", 14) then send "INJ-61" end
function energy.shed(id, missing)
  local plan, problem = plan_of(id, "shedding")
  if not problem and (type(missing) ~= "number" or missing < 0 or missing > 100) then
    problem = "how much is missing? A percentage of the demand"
  end
  if problem then error("energy.shed \"" .. tostring(id) .. "\": " .. problem, 2) end
  local stages = plan.given.stages
  while plan.relief < missing and plan.taken < #stages do
    plan.taken = plan.taken + 1
    local stage = stages[plan.taken]
    plan.relief = plan.relief + stage.relief
    for _, consumer in ipairs(stage.take) do set(consumer, stage.level or 0) end
  end
  local held = plan.relief >= missing
  set(plan.given.grid, held and (plan.given.hold or 100) or plan.given.collapse or 0)
  note("Load shedding " .. id .. ": " .. missing .. " % missing, stages taken: " .. plan.taken .. " of " .. #stages
    .. (held and "; the grid is held" or "; not enough, the grid is lost"))
  return held, plan.taken
end

-- Gives the consumers of a shedding plan back, the last stage first: as many stages as you say, or all.
function energy.reconnect(id, count)
  local plan, problem = plan_of(id, "shedding")
  if problem then error("energy.reconnect \"" .. tostring(id) .. "\": " .. problem, 2) end
  for _ = 1, math.min(count or plan.taken, plan.taken) do
    local stage = plan.given.stages[plan.taken]
    plan.taken, plan.relief = plan.taken - 1, plan.relief - stage.relief
    for _, consumer in ipairs(stage.take) do set(consumer, 100) end
  end
  note("Load shedding " .. id .. ": stages still taken: " .. plan.taken)
end

-- A black start: which services in which order. Each is held up for hold, whatever it needs (60m, an
-- assumption), and the next one follows after the time in next (15m, an assumption).
--   energy.black_start_plan "from-hydro" { steps = {
--     { "hydro", hold = "2h" }, { "grid.north", hold = "2h", next = "30m" }, { "voice" } } }
function energy.black_start_plan(id)
  return function (given)
    local problem = wrong_steps(given, { steps = true }, "steps")
    for i, step in ipairs(not problem and given.steps or {}) do
      if type(step) ~= "table" or type(step[1]) ~= "string" then
        problem = "step " .. i .. " wants a service's id: { \"hydro\", hold = \"2h\", next = \"30m\" }"
      elseif not vocabulary.minutes(step.hold or "60m") or not vocabulary.minutes(step.next or "15m") then
        problem = "step " .. i .. ": hold and next are durations such as \"30m\" or \"2h\""
      end
      for key in pairs(problem and {} or step) do
        if key ~= 1 and key ~= "hold" and key ~= "next" then
          problem = "step " .. i .. ": unknown key \"" .. tostring(key) .. "\"; its keys are hold, next"
        end
      end
      if problem then break end
    end
    keep("energy.black_start_plan", id, { kind = "black_start_plan", given = given }, problem)
  end
end

-- Acts in storylines: runs the plan, step by step of story time, and goes on after the last one's next.
-- Gives true when every service of the plan stands at 100 then.
--   if energy.black_start "from-hydro" then send "INJ-71" end
function energy.black_start(id)
  local plan, problem = plan_of(id, "black_start_plan")
  if problem then error("energy.black_start \"" .. tostring(id) .. "\": " .. problem, 2) end
  local stands = true
  for _, step in ipairs(plan.given.steps) do
    black_start(step[1], step.hold or "60m")
    wait((step.next or "15m") .. " story")
  end
  for _, step in ipairs(plan.given.steps) do
    stands = stands and level(step[1]) == 100
  end
  note("Black start " .. id .. (stands and ": all of it stands" or ": not all of it stands"))
  return stands
end

return energy
