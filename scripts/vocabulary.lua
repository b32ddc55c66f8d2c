-- What energy, cyber, transport and space have in common. Scenarios require those; whoever writes a
-- vocabulary of their own finds here how a word that declares a service is made.

local vocabulary = {}

-- Autonomy by name: { how long, source }. energy fills it; see energy.classes.
vocabulary.classes = {}

local service_keys = {
  "domain", "name", "users", "level", "restart", "rule", "needs", "seen_by", "public", "source", "notes",
}
local repair_keys = { "service", "name", "work", "crews", "to", "needs", "source" }

-- The names in a table, in alphabetical order, for messages; "none" if it is empty.
function vocabulary.names(of)
  local names = {}
  for name in pairs(of) do names[#names + 1] = tostring(name) end
  table.sort(names)
  return #names > 0 and table.concat(names, ", ") or "none"
end

-- What is wrong with the keys of a table, or nil. keys is a set: { name = true }.
function vocabulary.wrong_keys(given, keys)
  if type(given) ~= "table" then return "wants a table in braces: { key = value }" end
  for key in pairs(given) do
    if type(key) ~= "string" then return "holds a value without a key (write key = value)" end
    if not keys[key] then return "unknown key \"" .. key .. "\"; its keys are " .. vocabulary.names(keys) end
  end
end

-- Whole minutes of "90m", "1h30m", "2d" or of a number that is minutes already; nil if it is neither.
function vocabulary.minutes(span)
  if type(span) == "number" and span >= 0 then return span end
  if type(span) ~= "string" or not span:match("^%d") then return nil end
  local sum, units = 0, { d = 1440, h = 60, m = 1 }
  local rest = span:gsub("(%d+)([dhm])", function (count, unit)
    sum = sum + tonumber(count) * units[unit]
    return ""
  end)
  if rest == "" then return sum end
end

-- A need as the kernel wants it, of an id or of a need that may name a class of autonomy:
-- "grid.north" or { "grid.north", class = "mobile", strength = 60 }. What is left out is taken from
-- usual. A number of the author's without a source is an assumption. Gives nil and what is wrong.
function vocabulary.need(given, usual)
  if type(given) == "string" then given = { given } end
  if type(given) ~= "table" or type(given[1]) ~= "string" then
    return nil, "a need wants a service's id, or { \"id\", strength = 60, autonomy = \"4h\" }"
  end
  usual = usual or {}
  local need = {}
  for key, value in pairs(usual) do need[key] = value end
  for key, value in pairs(given) do need[key] = value end
  local class = need.class and vocabulary.classes[need.class]
  if need.class and not class then
    return nil, "unknown class of autonomy \"" .. tostring(need.class) .. "\"; there are "
      .. vocabulary.names(vocabulary.classes)
  end
  need.class = nil
  local is_own = given.strength or given.recharge or given.switch
  if class and not given.autonomy then
    need.autonomy = class[1]
    need.source = given.source or (is_own and class[2] .. "; its other numbers: assumption") or class[2]
  else
    need.source = given.source or (not (is_own or given.autonomy) and usual.source) or "assumption"
  end
  return need
end

-- Appends the needs of one key (an id, a need, or a list of needs) to list. Gives what is wrong.
function vocabulary.add_needs(list, given, usual)
  if type(given) ~= "table" or type(given[1]) ~= "table" then given = { given } end
  for _, one in ipairs(given) do
    local need, problem = vocabulary.need(one, usual)
    if problem then return problem end
    list[#list + 1] = need
  end
end

local function build(plan, id, given)
  local problem = vocabulary.wrong_keys(given, plan.keys)
  if problem then return nil, problem end
  local made = { needs = {} }
  for key, value in pairs(plan.usual) do made[key] = value end
  for _, key in ipairs(service_keys) do
    if given[key] ~= nil and key ~= "needs" then made[key] = given[key] end
  end
  if given.restart and not given.source then made.source = "assumption" end
  if given.needs ~= nil and type(given.needs) ~= "table" then return nil, "needs is a list of needs: { { \"id\" } }" end
  for _, need in ipairs(given.needs or {}) do
    problem = problem or vocabulary.add_needs(made.needs, need)
  end
  for _, key in ipairs(plan.links) do
    local usual = plan.link[key]
    if given[key] ~= nil then problem = problem or vocabulary.add_needs(made.needs, given[key], usual) end
  end
  if not problem and plan.prepare then problem = plan.prepare(id, given, made) end
  return made, problem
end

-- Makes a word that declares a service: word "id" { … }, or word "id"({ … }, depth) where the author's
-- line is that many calls away (2 unless you say). It takes all keys of `service`, and
--   usual    what the service is unless the author says otherwise: { domain = "cyber", restart = "30m", source = "…" }
--   link     keys that name what it needs, each with its usual need: { power = { class = "mobile" } }
--   more     a list of further keys, which prepare reads
--   prepare  function (id, given, made): changes what will be declared; gives what is wrong, or nil
--   after    function (id, given, depth): declares what comes with it
function vocabulary.word(word, plan)
  plan.link, plan.usual, plan.links, plan.keys = plan.link or {}, plan.usual or {}, {}, {}
  for key in pairs(plan.link) do plan.links[#plan.links + 1] = key end
  table.sort(plan.links)
  for _, list in ipairs { service_keys, plan.links, plan.more or {} } do
    for _, key in ipairs(list) do plan.keys[key] = true end
  end
  return function (id)
    local declare = service(id)
    return function (given, depth)
      local made, problem = build(plan, id, given)
      if problem then error(word .. " \"" .. tostring(id) .. "\": " .. problem, depth or 2) end
      declare(made)
      if plan.after then plan.after(id, given, (depth or 2) + 1) end
    end
  end
end

-- Makes a word that declares a repair whose work follows from what is broken, and how badly. It takes
-- all keys of `repair`, component and damage. days[component][damage] is in days of one crew.
function vocabulary.repair_word(word, days, source)
  local keys = { component = true, damage = true }
  for _, key in ipairs(repair_keys) do keys[key] = true end
  return function (id)
    local declare = repair(id)
    return function (given)
      local problem = vocabulary.wrong_keys(given, keys)
      local row = not problem and days[given.component]
      if not problem and not row then
        problem = "component is one of " .. vocabulary.names(days)
      elseif not problem and not row[given.damage] then
        problem = "damage of a " .. given.component .. " is one of " .. vocabulary.names(row)
      end
      if problem then error(word .. " \"" .. tostring(id) .. "\": " .. problem, 2) end
      local made = { work = string.format("%dm", math.floor(row[given.damage] * 1440 + 0.5)), source = source }
      if given.work and not given.source then made.source = "assumption" end
      for _, key in ipairs(repair_keys) do
        if given[key] ~= nil then made[key] = given[key] end
      end
      declare(made)
    end
  end
end

return vocabulary
