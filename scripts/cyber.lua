-- Cyber and digital infrastructure: networks, data centres, attacks on them, and the clocks of the law.
-- local cyber = require "cyber"
--
-- Declarations take every key of `service` and the keys named at each word; how needs and classes of
-- autonomy are written stands at the top of energy. A number of yours without a source is an assumption.

local vocabulary = require "vocabulary"
local energy = require "energy"

local cyber = { classes = energy.classes }

local function power(class)
  return { class = class, kind = "physical" }
end

local network = { kind = "cyber" }

-- A mobile network. power: 4 h without mains, with town = true 2 h (Nkom, Norway). backhaul: what
-- carries its calls away, timing: what keeps its cells in step (needs without autonomy: give yours).
--   cyber.mobile "mobile.north" { name = "Mobile network, north", users = 240000, power = "grid.north",
--     backhaul = "fibre.coast", timing = { "timing.north", strength = 60, source = "assumption" } }
cyber.mobile = vocabulary.word("cyber.mobile", {
  usual = { domain = "cyber" }, more = { "power", "town" }, link = { backhaul = network, timing = network },
  prepare = function (_, given, made)
    if given.power == nil then return end
    return vocabulary.add_needs(made.needs, given.power, power(given.town and "mobile_town" or "mobile"))
  end,
})

-- A fixed network. power: its street cabinets, 4 h (Ofcom guidance 2024). route: other fibres it runs
-- over; two in one group stand in for each other.
--   cyber.fibre "fibre.coast" { name = "Coast fibre", power = "grid.north",
--     route = { { "cable.east", group = "way" }, { "cable.west", group = "way" } } }
cyber.fibre = vocabulary.word("cyber.fibre", {
  usual = { domain = "cyber" }, link = { power = power "cabinet", route = network },
})

-- A subsea cable: it needs nobody until you say so. What cuts it is set("cable.east", 0); what mends
-- it is a repair that needs a ship. landing: what feeds its landing station, 24 h (assumption).
--   cyber.subsea_cable "cable.east" { name = "East cable" }
cyber.subsea_cable = vocabulary.word("cyber.subsea_cable", {
  usual = { domain = "cyber" }, link = { landing = { class = "data_centre", kind = "physical" } },
})

-- A data centre. power: 24 h on its own diesel (assumption). network: what reaches it.
--   cyber.data_centre "dc.capital" { name = "Government data centre", power = "grid.north", network = "fibre.coast" }
cyber.data_centre = vocabulary.word("cyber.data_centre", {
  usual = { domain = "cyber" }, link = { power = power "data_centre", network = network },
})

-- Emergency radio (TETRA). power: 8 h, the least of Nødnett; class = "nodnett_best" for 48 h.
--   cyber.emergency_radio "radio.blue" { name = "Emergency radio", power = { "grid.north", class = "nodnett_best" } }
cyber.emergency_radio = vocabulary.word("cyber.emergency_radio", {
  usual = { domain = "cyber" }, link = { power = power "nodnett", backhaul = network },
})

-- Control and production as two services, so that losing the one leaves the other: on 24 February 2022
-- 5,800 turbines (11 GW) lost remote control and went on producing (Enercon, press). Each is its id and
-- the keys of `service`. A production that needs its control is refused.
--   cyber.pair { control    = { "wind.control", name = "Wind fleet, remote control", needs = { { "ka-sat" } } },
--                production = { "wind.generation", name = "Wind fleet, generation", domain = "energy" } }
local control_word = vocabulary.word("cyber.pair, control", { usual = { domain = "cyber" } })
local production_word = vocabulary.word("cyber.pair, production", { usual = { domain = "energy" } })

function cyber.pair(given)
  local problem = vocabulary.wrong_keys(given, { control = true, production = true })
  local tables, ids = {}, {}
  for _, half in ipairs(not problem and { "control", "production" } or {}) do
    local of = given[half]
    if type(of) ~= "table" or type(of[1]) ~= "string" then
      problem = problem or half .. " is missing: { \"wind." .. half .. "\", name = \"…\" }"
    else
      ids[half], tables[half] = of[1], {}
      for key, value in pairs(of) do
        if key ~= 1 then tables[half][key] = value end
      end
    end
  end
  for _, need in ipairs(not problem and tables.production.needs or {}) do
    if need == ids.control or type(need) == "table" and need[1] == ids.control then
      problem = ids.production .. " must not need " .. ids.control .. ": losing control does not reduce production"
    end
  end
  if problem then error("cyber.pair: " .. problem, 2) end
  control_word(ids.control)(tables.control, 3)
  production_word(ids.production)(tables.production, 3)
end

-- A backup that a service can be restored from, as a repair: takes (24h, an assumption), and what
-- must stand meanwhile (needs, as in `repair`).
--   cyber.backup "rail.backup" { service = "rail.traffic", name = "Rebuild from backup", takes = "10h" }
function cyber.backup(id)
  local declare = repair(id)
  return function (given)
    local problem = vocabulary.wrong_keys(given,
      { service = true, name = true, takes = true, crews = true, to = true, needs = true, source = true })
    if problem then error("cyber.backup \"" .. tostring(id) .. "\": " .. problem, 2) end
    declare { service = given.service, name = given.name or "Restore from backup", work = given.takes or "24h",
      crews = given.crews, to = given.to, needs = given.needs, source = given.source or "assumption" }
  end
end

-- Is it an ATT&CK technique by its form: T1234, or T1234.567? Whether there is one of that number is
-- not looked up.
function cyber.is_technique(text)
  return type(text) == "string" and (text:match("^T%d%d%d%d$") or text:match("^T%d%d%d%d%.%d%d%d$")) ~= nil
end

local inside = {} -- services in which somebody is

local function tell(word, id, given, keys)
  given = given or {}
  local problem = type(id) ~= "string" and "wants a service's id" or vocabulary.wrong_keys(given, keys)
  local tags = type(given) == "table" and given.techniques or {}
  if type(tags) == "string" then tags = { tags } end
  for _, tag in ipairs(problem and {} or tags) do
    if not cyber.is_technique(tag) then problem = "\"" .. tostring(tag) .. "\" is no ATT&CK id: T1234 or T1234.567" end
  end
  if problem then error(word .. ": " .. problem, 3) end
  return given, #tags > 0 and " [" .. table.concat(tags, ", ") .. "]" or ""
end

-- Acts in storylines; each is noted for EXCON. techniques: ATT&CK ids, optional.
-- cyber.compromise: somebody is inside. level: what the service still does (as before unless you say:
-- they are quiet). cyber.isolate: it is cut off; nobody is inside any more, and level (0) is what is left.
-- cyber.restore_from_backup: starts a backup's repair; service: the one it restores, so that EXCON is
-- warned when somebody is still inside.
--   cyber.compromise("rail.traffic", { level = 40, techniques = { "T1190", "T1059.003" } })
--   cyber.isolate("rail.traffic", { techniques = "T1562.001" })
--   cyber.restore_from_backup("rail.backup", { service = "rail.traffic" })
function cyber.compromise(id, given)
  local what, tags = tell("cyber.compromise", id, given, { level = true, techniques = true })
  inside[id] = true
  if what.level then set(id, what.level) end
  note("Compromised: " .. id .. (what.level and ", " .. what.level .. " %" or ", nothing to be seen") .. tags)
end

function cyber.isolate(id, given)
  local what, tags = tell("cyber.isolate", id, given, { level = true, techniques = true })
  inside[id] = nil
  set(id, what.level or 0)
  note("Isolated: " .. id .. ", " .. (what.level or 0) .. " %" .. tags)
end

function cyber.restore_from_backup(id, given)
  local what, tags = tell("cyber.restore_from_backup", id, given, { service = true, techniques = true })
  start_repair(id)
  note("Restore from backup begins: " .. id .. tags)
  if what.service and inside[what.service] then
    note("Warning: " .. what.service .. " was not isolated; whoever is inside comes back with it")
  end
end

-- Reporting clocks ----------------------------------------------------------------------------------

local report_keys = { team = true, inject = true, prefix = true, objective = true, contingency = true,
  release = true, notes = true, products = true }

local function declare_reports(word, given, prefix, reports)
  local problem = vocabulary.wrong_keys(given, report_keys)
  if not problem and (type(given.team) ~= "string" or type(given.inject) ~= "string") then
    problem = "wants team (who reports) and inject (what makes it aware)"
  end
  if problem then error(word .. ": " .. problem, 3) end
  prefix = given.prefix or prefix
  for i, report in ipairs(reports) do
    local product = given.products and given.products[i] or report.product
    expect (prefix .. report.id) {
      team = given.team, text = report.text .. " Hand it in: submit " .. product .. " …", product = product,
      by = report.by:gsub("INJECT", given.inject):gsub("PREFIX", prefix), objective = given.objective,
      contingency = i == 1 and given.contingency or nil, release = i == 1 and given.release or nil,
      notes = report.source .. (given.notes and "\n" .. given.notes or ""),
    }
  end
end

-- The three reports of an essential or important entity under NIS2, from when the team became aware of
-- the inject, in story time: PREFIX-24h, PREFIX-72h, PREFIX-final. products: three words of your own for
-- early-warning, incident-notification, final-report. contingency and release go with the first.
--   cyber.nis2 { team = "rail", inject = "INJ-12", prefix = "NIS2-rail", objective = "OBJ-3", contingency = "INJ-91" }
function cyber.nis2(given)
  declare_reports("cyber.nis2", given, "NIS2", {
    { id = "-24h", product = "early-warning", by = "aware INJECT +24h story",
      text = "Early warning to the CSIRT within 24 hours of becoming aware: unlawful or malicious? across borders?",
      source = "Directive (EU) 2022/2555 Art. 23(4)(a)" },
    { id = "-72h", product = "incident-notification", by = "aware INJECT +72h story",
      text = "Incident notification within 72 hours of becoming aware: severity, impact, indicators of compromise.",
      source = "Directive (EU) 2022/2555 Art. 23(4)(b)" },
    { id = "-final", product = "final-report", by = "met PREFIX-72h +1 month story",
      text = "Final report one month after the notification; a progress report if the incident is still going on.",
      source = "Directive (EU) 2022/2555 Art. 23(4)(d) and (e)" },
  })
end

-- The two reports of a critical entity under CER: PREFIX-24h, PREFIX-report. Keys as in cyber.nis2;
-- products: two words, for initial-notification and detailed-report.
--   cyber.cer { team = "tso", inject = "INJ-04", prefix = "CER-tso", objective = "OBJ-2" }
function cyber.cer(given)
  declare_reports("cyber.cer", given, "CER", {
    { id = "-24h", product = "initial-notification", by = "aware INJECT +24h story",
      text = "Initial notification to the authority within 24 hours of becoming aware, unless unable to: users, duration, area.",
      source = "Directive (EU) 2022/2557 Art. 15(1)" },
    { id = "-report", product = "detailed-report", by = "met PREFIX-24h +1 month story",
      text = "Detailed report, where relevant, no later than one month thereafter.",
      source = "Directive (EU) 2022/2557 Art. 15(1)" },
  })
end

-- From so many Member States on, CER Art. 15(1) has the Commission notified.
cyber.cer_member_states = 6

local regulation = "Implementing Regulation (EU) 2024/2690 Art. "

-- Implementing Regulation (EU) 2024/2690: when an outage is significant. Minutes that must be exceeded;
-- users_percent or users (of the EU's, the smaller number) that must be exceeded with limited.
cyber.thresholds = {
  cloud       = { unavailable = 30, limited = 60, users_percent = 5, users = 1000000, source = regulation .. "7" },
  data_centre = { unavailable = 0, limited = 60, source = regulation .. "8" },
  tld         = { slow = 60, slower_than = 10, source = regulation .. "6" }, -- mean DNS answer, in seconds
  cdn         = { unavailable = 30, source = regulation .. "9" },
}

-- Is an outage significant, by those numbers? of: one of the above. unavailable, limited, slow: how long
-- ("45m", or minutes). users: how many in the EU are affected, users_in_eu: of how many (or users_percent);
-- answer: mean DNS answer in seconds. Gives true or false, and the article.
--   cyber.significant { of = "cloud", limited = "61m", users = 60001, users_in_eu = 1200000 }   -- true
function cyber.significant(given)
  local problem = vocabulary.wrong_keys(given, { of = true, unavailable = true, limited = true, slow = true,
    users = true, users_in_eu = true, users_percent = true, answer = true })
  local rule = not problem and cyber.thresholds[given.of]
  if not problem and not rule then problem = "of is one of " .. vocabulary.names(cyber.thresholds) end
  local lasted = {}
  for _, how in ipairs { "unavailable", "limited", "slow" } do
    if rule and given[how] ~= nil then
      lasted[how] = vocabulary.minutes(given[how])
      if not rule[how] then problem = "there is no rule for " .. how .. " of " .. given.of end
      if not lasted[how] then problem = how .. " is a duration such as \"45m\", or minutes" end
    end
  end
  if problem then error("cyber.significant: " .. problem, 2) end
  local is_wide = not rule.users
    or given.users ~= nil and (given.users > rule.users
      or given.users_in_eu ~= nil and given.users * 100 > given.users_in_eu * rule.users_percent)
    or given.users_percent ~= nil and given.users_percent > rule.users_percent
  local is_significant = lasted.unavailable ~= nil and lasted.unavailable > rule.unavailable
    or lasted.limited ~= nil and lasted.limited > rule.limited and is_wide
    or lasted.slow ~= nil and lasted.slow > rule.slow and (given.answer or 0) > rule.slower_than
  return is_significant, rule.source
end

return cyber
