-- What acts and questions of the modules are asked wrongly is answered at the author's line.
require "common"
local energy = require "energy"
local cyber = require "cyber"
local transport = require "transport"
local space = require "space"

service "a" { domain = "space", name = "A" }
transport.corridor "coast" { name = "Coast", routes = { { "a" } } }
energy.shedding "ghost" { grid = "a", stages = { { relief = 5, take = { "nobody" } } } }
energy.shedding "ufls" { grid = "a", stages = { { relief = 5, take = { "a" } } } }

local function why(act)
  local _, message = pcall(act)
  note(message)
end

storyline "wrong" (function ()
  why(function () space.jam("a", "loud") end)
  why(function () space.g(9.1) end)
  why(function () space.r "K5" end)
  why(function () space.storm { scale = "G6" } end)
  why(function () space.storm { scale = "R3", satcom = "a" } end)
  why(function () cyber.compromise("a", { techniques = { "T1190", "T12" } }) end)
  why(function () cyber.isolate("a", { lvel = 5 }) end)
  why(function () cyber.significant { of = "clowd" } end)
  why(function () cyber.significant { of = "cdn", limited = "2h" } end)
  why(function () cyber.significant { of = "cloud", limited = "soon" } end)
  why(function () energy.shed("ulfs", 5) end)
  why(function () energy.shed("ufls", 101) end)
  why(function () energy.shed("ghost", 5) end)
  why(function () energy.black_start "ufls" end)
  why(function () energy.need { "a", class = "moblie" } end)
  why(function () transport.open("coats", "a") end)
  why(function () transport.open("coast", "b") end)
  why(function () transport.share("coast", 120) end)
  why(function () transport.move "brigade" end)
end)

--= 0:00 note scenario.lua:19: space.jam: "loud" is none of heavy, light, moderate, none, total
--= 0:00 note scenario.lua:20: space.g wants Kp, 0 to 9
--= 0:00 note scenario.lua:21: space.r wants an X-ray flux in W/m², or a class such as "M5"
--= 0:00 note scenario.lua:22: space.storm: scale is one of G1 to G5, S1 to S5, R1 to R5
--= 0:00 note scenario.lua:23: space.storm: nothing is suggested for satcom in a storm of scale R; say it with levels
--= 0:00 note scenario.lua:24: cyber.compromise: "T12" is no ATT&CK id: T1234 or T1234.567
--= 0:00 note scenario.lua:25: cyber.isolate: unknown key "lvel"; its keys are level, techniques
--= 0:00 note scenario.lua:26: cyber.significant: of is one of cdn, cloud, data_centre, tld
--= 0:00 note scenario.lua:27: cyber.significant: there is no rule for limited of cdn
--= 0:00 note scenario.lua:28: cyber.significant: limited is a duration such as "45m", or minutes
--= 0:00 note scenario.lua:29: energy.shed "ulfs": there is no such plan: declare it first with energy.shedding
--= 0:00 note scenario.lua:30: energy.shed "ufls": how much is missing? A percentage of the demand
--= 0:00 note scenario.lua:31: set: unknown service "nobody"
--= 0:00 note scenario.lua:32: energy.black_start "ufls": there is no such plan: declare it first with energy.black_start_plan
--= 0:00 note scenario.lua:33: energy.need: unknown class of autonomy "moblie"; there are cabinet, caesium, control_room, data_centre, linepack, mobile, mobile_town, nodnett, nodnett_best, oven, quartz, reinforced, rubidium, signalling, terminal, tso_tools, tso_voice
--= 0:00 note scenario.lua:34: transport.open: there is no corridor "coats"; declared: coast
--= 0:00 note scenario.lua:35: transport.open: "b" is no route of it; declared: a
--= 0:00 note scenario.lua:36: transport.share: the share is 0 to 100 percent
--= 0:00 note scenario.lua:37: transport.move: there is no movement "brigade"; declared: none
--= 1:00 endex
