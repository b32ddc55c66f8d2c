-- on gives levels in percent, durations in minutes and what was done by whom.
require "world"

repair "fix" { service = "grid", name = "Fix", work = "10m" }

on("level", function (e)
  note(e.service .. " " .. e.level .. " " .. tostring(e.because) .. " " .. e.why .. " " .. e.story .. " " .. tostring(e.because_seen))
end)
on("measure", function (e)
  note(e.measure .. " " .. e.service .. " " .. tostring(e.provider) .. " " .. tostring(e.level) .. " " .. tostring(e.minutes))
end)
on("repair", function (e) note(e.repair .. " " .. e.state .. " " .. tostring(e.left)) end)

storyline "s" (function ()
  set("grid", 50)
  start_repair "fix"
  wait "1m"
  refuel "mast"
  open_alternative("port", "detour")
  black_start("road", "3m")
end)

--= 0:00 level grid 50
--= 0:00 level rail 75 by grid
--= 0:00 repair fix running
--= 0:00 note set grid nil 50 nil
--= 0:00 note grid 50 nil own 2022-02-24 08:00Z nil
--= 0:00 note rail 75 grid provider 2022-02-24 08:00Z nil
--= 0:00 note fix running 10
--= 0:01 note refuel mast grid nil nil
--= 0:01 note open port detour nil 5
--= 0:01 note black-start road nil nil 3
--= 0:06 note open port detour nil nil
--= 0:10 repair fix done
--= 0:10 level grid 100
--= 0:10 level rail 100
--= 0:10 note fix done 0
--= 0:10 note grid 100 nil repaired 2022-02-24 08:10Z nil
--= 0:10 note rail 100 nil provider 2022-02-24 08:10Z nil
--= 1:00 endex
