-- Transport: rail, road, ports, airports, airspace, and corridors with more than one way through.
-- local transport = require "transport"
--
-- Declarations take every key of `service` and the keys named at each word; how needs and classes of
-- autonomy are written stands at the top of energy. A number of yours without a source is an assumption.

local vocabulary = require "vocabulary"
require "energy" -- for its classes of autonomy

local transport = {}

local physical = { kind = "physical" }
local control = { kind = "cyber" }

-- A railway. power: traction, without autonomy. signals: what feeds signal boxes and radio (batteries for 4 h, an
-- assumption). traffic: traffic management, radio: train radio; without either no train runs. restart: 240
-- minutes, because trains do not come back with the power.
--   transport.rail "rail.north" { name = "Northern main line", power = "grid.north", traffic = "rail.traffic" }
transport.rail = vocabulary.word("transport.rail", {
  usual = { domain = "transport", restart = "240m",
    source = "Great Britain, 9 August 2019: first train 4.6 h after the trip (BBC), 240 min taken from it" },
  link = { power = physical, signals = { class = "signalling", kind = "physical" }, traffic = control, radio = control },
})

-- A road. tunnel: what its tunnels or bridges need to stay open.
--   transport.road "road.inland" { name = "Inland road", tunnel = { "grid.north", autonomy = "2h", source = "assumption" } }
transport.road = vocabulary.word("transport.road", { usual = { domain = "transport" }, link = { tunnel = physical } })

-- A port. power: cranes and gates, 8 h (assumption). traffic: vessel traffic service, terminal: the terminal's
-- computers, gnss: pilots and cranes (its strength is yours to say: losing it rarely closes a port).
--   transport.port "port.west" { name = "Port West", power = "grid.north", gnss = { "gnss.north", strength = 30 } }
transport.port = vocabulary.word("transport.port", {
  usual = { domain = "transport" },
  link = { power = { class = "terminal", kind = "physical" }, traffic = control, terminal = control, gnss = control },
})

-- An airport. Its approach needs GNSS, unless a ground-based aid stands in: ground_aid names it, and with
-- closed = true and a switch time it is one still to be installed (transport.install opens it). In April 2024
-- two airliners turned back from an airport whose only approach needed GPS; it closed for a month, until
-- there was a ground-based one (airline, press). power: 8 h (assumption).
--   transport.airport "airport.isle" { name = "Isle airport", gnss = "gnss.north",
--     ground_aid = { "dme.isle", closed = true, switch = "30d", source = "April 2024: 32 days" } }
transport.airport = vocabulary.word("transport.airport", {
  usual = { domain = "transport" },
  link = {
    power = { class = "terminal", kind = "physical" }, control = control,
    gnss = { group = "approach", kind = "cyber", source = "April 2024: an approach that needs GPS (airline, press)" },
    ground_aid = { group = "approach", kind = "physical" },
  },
})

-- Airspace: gnss takes 40 % of its capacity when it is gone (assumption), surveillance all of it.
--   transport.airspace "air.north" { name = "Northern sector", gnss = "gnss.north", surveillance = "radar.north" }
transport.airspace = vocabulary.word("transport.airspace", {
  usual = { domain = "transport" },
  link = { gnss = { strength = 40, kind = "cyber" }, surveillance = control, control = control },
})

-- A repair whose work follows from what is broken and how badly; energy.repair says more.
--   transport.repair "road.fix" { service = "road.inland", name = "Landslip", component = "road", damage = "moderate" }
transport.repair_days = { road = { slight = 0.4, moderate = 1.1, extensive = 10.5 } }
transport.repair = vocabulary.repair_word("transport.repair", transport.repair_days, "FEMA HAZUS, mean recovery (earthquake)")

-- Corridors ------------------------------------------------------------------------------------------

local corridors = {} -- by id: routes by provider, shares of military traffic by name
local movements = {}

local route_keys = { capacity = true, opens_in = true, clearance = true, name = true, source = true }

-- A route as it was written: the service it needs, its other keys, and what is wrong.
local function read_route(given)
  local rest, to = {}, nil
  for key, value in pairs(type(given) == "table" and given or {}) do
    if key == 1 then to = value else rest[key] = value end
  end
  if type(to) ~= "string" then return nil, nil, "wants a service's id first: { \"road.inland\", capacity = 60 }" end
  local clearance = rest.clearance
  if clearance and clearance ~= true
    and (type(clearance) ~= "table" or type(clearance[1]) ~= "string" or type(clearance[2]) ~= "string") then
    return to, rest, "clearance is a decision and its option, { \"D-05\", \"grant\" }, or true"
  end
  return to, rest, vocabulary.wrong_keys(rest, route_keys)
end

-- What goes by one of several routes. Each route is a service's id and
--   capacity   what the corridor has when it is all that is left (100), in percent
--   opens_in   how long it takes to open; a route with it, or with clearance, is closed at first
--   clearance  { "D-05", "grant" }: a decision and the option that grants it; or true: transport.clear does
--   name       for the screens
--   source     of capacity and opens_in
-- It declares the corridor; a service CORRIDOR.route-2 for the second route if it has a capacity (the
-- third: route-3); and CORRIDOR.civil, what civil traffic gets of it (users count there): the corridor's
-- level less what military movements take, by rule = "sum".
--   transport.corridor "coast" { name = "Coast corridor", users = 60000, routes = {
--     { "rail.north" },
--     { "road.inland", capacity = 60, opens_in = "45m", clearance = { "D-05", "grant" }, source = "assumption" } } }
transport.corridor = vocabulary.word("transport.corridor", {
  usual = { domain = "transport" }, more = { "routes" },
  prepare = function (id, given, made)
    if type(given.routes) ~= "table" or #given.routes == 0 then return "routes is missing, a list: { { \"rail.north\" } }" end
    local routes = {}
    for i, route in ipairs(given.routes) do
      local to, rest, problem = read_route(route)
      if problem then return "route " .. i .. ": " .. problem end
      local via = rest.capacity and id .. ".route-" .. i or to
      local is_closed = (rest.clearance or rest.opens_in) and true or nil
      made.needs[#made.needs + 1] = { via, group = "route", kind = "physical", closed = is_closed, switch = rest.opens_in,
        source = rest.source or "assumption" }
      routes[to] = { via = via, clearance = rest.clearance, is_closed = is_closed }
    end
    made.users = nil
    corridors[id] = { routes = routes, shares = {} }
  end,
  after = function (id, given)
    local function declare(suffix, name, source, rest)
      rest.domain, rest.name, rest.source = given.domain or "transport", name, source or "assumption"
      rest.seen_by, rest.public = given.seen_by, given.public
      service (id .. suffix) (rest)
    end
    local name = given.name or id
    for i, route in ipairs(given.routes) do
      if route.capacity then
        declare(".route-" .. i, route.name or name .. ", route " .. i, route.source,
          { level = route.capacity, needs = { { route[1], kind = "physical", source = "assumption" } } })
      end
    end
    declare(".civil", name .. ", civil traffic", given.source,
      { users = given.users, rule = "sum", needs = { { id, kind = "physical", source = "assumption" } } })
  end,
})

local function route_of(word, corridor, to)
  local known = corridors[corridor]
  local route = known and known.routes[to]
  if not known then
    error(word .. ": there is no corridor \"" .. tostring(corridor) .. "\"; declared: " .. vocabulary.names(corridors), 3)
  elseif not route then
    error(word .. ": \"" .. tostring(to) .. "\" is no route of it; declared: " .. vocabulary.names(known.routes), 3)
  end
  return route
end

-- Acts in storylines -----------------------------------------------------------------------------------

-- A route is cleared, whatever was decided before: transport.clear("coast", "road.inland").
function transport.clear(corridor, to)
  local route = route_of("transport.clear", corridor, to)
  route.is_cleared = true
end

-- Opens a route that is closed, once it is cleared; asks the decision of its clearance if it must, and
-- waits for the answer. It counts after its opens_in. Gives false when it is not cleared.
--   if transport.open("coast", "road.inland") then send "INJ-51" end
function transport.open(corridor, to)
  local route = route_of("transport.open", corridor, to)
  if not route.is_closed then return true end
  if type(route.clearance) == "table" and not route.is_cleared then
    route.is_cleared = ask(route.clearance[1]).option == route.clearance[2]
  end
  if route.clearance and not route.is_cleared then
    note("Route " .. to .. " of " .. corridor .. " stays closed: it is not cleared")
    return false
  end
  open_alternative(corridor, route.via)
  route.is_closed = nil
  return true
end

-- A ground-based aid, or any alternative of an airport, comes into use after its switch time.
function transport.install(airport, aid)
  open_alternative(airport, aid)
end

local function take(corridor, who, percent)
  local shares = corridors[corridor].shares
  shares[who] = percent > 0 and percent or nil
  local left = 100
  for _, share in pairs(shares) do left = left - share end
  set(corridor .. ".civil", math.max(0, left))
end

-- Military traffic takes so many percent of the corridor's capacity (0: gives it back): civil traffic
-- loses as much. For traffic that has no arrival; a movement takes its share by itself.
--   transport.share("coast", 25)
function transport.share(corridor, percent)
  local problem = not corridors[corridor] and "there is no corridor \"" .. tostring(corridor) .. "\""
    or (type(percent) ~= "number" or percent < 0 or percent > 100) and "the share is 0 to 100 percent"
  if problem then error("transport.share: " .. problem, 2) end
  take(corridor, "", percent)
end

-- A movement that crosses a corridor: it needs share percent of its capacity for the time in takes, and
-- stands still while there is less. It is a service that is 0 until it has arrived and 100 then, and a
-- repair MOVEMENT.move that does it. needs: what else must stand, as in `repair`.
--   transport.movement "brigade" { name = "Convoy", corridor = "coast", share = 40, takes = "6h", source = "assumption" }
function transport.movement(id)
  local declare = service(id)
  return function (given)
    local problem = vocabulary.wrong_keys(given, { name = true, corridor = true, share = true, takes = true,
      needs = true, seen_by = true, public = true, source = true, notes = true })
    if not problem and not corridors[given.corridor] then
      problem = "corridor is missing, or declared further down"
    elseif not problem and (type(given.share) ~= "number" or given.share <= 0 or given.share > 100) then
      problem = "share is missing: percent of the corridor"
    elseif not problem and type(given.takes) ~= "string" then
      problem = "takes is missing: how long, such as \"6h\""
    end
    if problem then error("transport.movement \"" .. tostring(id) .. "\": " .. problem, 2) end
    local source = given.source or "assumption"
    declare { domain = "transport", name = given.name, level = 0, seen_by = given.seen_by, public = given.public,
      notes = given.notes, source = source }
    local needs = { { given.corridor, level = given.share } }
    for _, need in ipairs(given.needs or {}) do needs[#needs + 1] = need end
    repair (id .. ".move") {
      service = id, name = (given.name or id) .. ", under way", work = given.takes, needs = needs, source = source,
    }
    movements[id] = given
    when(function () return movements[id].is_moving and level(id) == 100 end, function ()
      take(given.corridor, id, 0)
      note(id .. " has arrived; its share of " .. given.corridor .. " is free again")
    end)
  end
end

-- The movement sets out and takes its share. It is given back on arrival.
--   transport.move "brigade"
function transport.move(id)
  if not movements[id] then
    error("transport.move: there is no movement \"" .. tostring(id) .. "\"; declared: " .. vocabulary.names(movements), 2)
  end
  movements[id].is_moving = true
  take(movements[id].corridor, id, movements[id].share)
  start_repair(id .. ".move")
end

return transport
