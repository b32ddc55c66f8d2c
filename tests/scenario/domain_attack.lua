-- An attack, what is cut off, and what comes back from backup: each act is noted with its techniques, and
-- whoever restores without isolating is told to EXCON.
exercise "attack" { title = "Attack", startex = "2022-02-24 03:00Z", length = "2h", pace = 60 }
team "alpha" { name = "Alpha" }
local cyber = require "cyber"
local transport = require "transport"

service "rail.traffic" { domain = "cyber", name = "Rail traffic management" }
cyber.fibre "fibre" { name = "Fibre" }
cyber.data_centre "dc" { name = "Data centre", network = "fibre" }
transport.rail "rail" { name = "Rail", traffic = "rail.traffic", restart = "1h" }
cyber.backup "rail.backup" { service = "rail.traffic", takes = "10h", needs = { { "dc" } } }
cyber.backup "rail.again" { service = "rail.traffic", takes = "5h" }

storyline "s" (function ()
  cyber.compromise("rail.traffic", { techniques = "T1190" })
  wait "1h story"
  cyber.compromise("rail.traffic", { level = 40, techniques = { "T1059.003", "T1565" } })
  cyber.restore_from_backup("rail.backup", { service = "rail.traffic" })
  wait "1h story"
  cyber.isolate "rail.traffic"
  wait "12h story"
  cyber.isolate("rail.traffic", { level = 20, techniques = "T1562.001" })
  cyber.restore_from_backup("rail.again", { service = "rail.traffic" })
end)

--= 0:00 note Compromised: rail.traffic, nothing to be seen [T1190]
--= 0:01 level rail.traffic 40
--= 0:01 level rail 40 by rail.traffic
--= 0:01 note Compromised: rail.traffic, 40 % [T1059.003, T1565]
--= 0:01 repair rail.backup running
--= 0:01 note Restore from backup begins: rail.backup
--= 0:01 note Warning: rail.traffic was not isolated; whoever is inside comes back with it
--= 0:02 level rail.traffic 0
--= 0:02 level rail 0 by rail.traffic
--= 0:02 note Isolated: rail.traffic, 0 %
--= 0:11 repair rail.backup done
--= 0:11 level rail.traffic 100
--= 0:12 level rail 100
--= 0:14 level rail.traffic 20
--= 0:14 level rail 20 by rail.traffic
--= 0:14 note Isolated: rail.traffic, 20 % [T1562.001]
--= 0:14 repair rail.again running
--= 0:14 note Restore from backup begins: rail.again
--= 0:19 repair rail.again done
--= 0:19 level rail.traffic 100
--= 0:20 level rail 100
