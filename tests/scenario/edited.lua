-- A text that EXCON wrote is filled in when it is sent, and takes the place of a function's; one that cannot be filled in holds its row.
--@ 0:01 excon-1 edit inject=E-1 text="At {{now}}: {{decided D-01}}"
--@ 0:01 excon-1 edit inject=E-2 text="{{levle grid}}"
--@ 0:04 excon-1 edit inject=E-2 title="another" text="plain"
--@ 0:05 excon-1 release inject=E-2
--@ 0:06 excon-1 adhoc to=all title=t text="{{clock}}"
--@ 0:07 excon-1 move inject=E-3 until=1200000
require "common"

inject "E-1" { at = "T+0:02", to = "all", title = "t", text = function () return "made" end }
inject "E-2" { at = "T+0:03", to = "all", title = "t", text = "as it was" }
inject "E-3" { to = "all", title = "t", text = "moved" }
storyline "s" (function () wait "10m" send "E-3" wait "20m" send "E-3" end)
on("inject", function (e) note(e.inject .. " " .. e.title) end)

--= 0:02 inject E-1: At T+0:02:00: not decided
--= 0:02 note E-1 t
--= 0:03 held E-2: its text failed: as EXCON wrote it: {{…}} does not know "levle"
--= 0:05 inject E-2: plain
--= 0:05 note E-2 another
--= 0:06 inject ADHOC-1: 08:06
--= 0:06 note ADHOC-1 t
--= 0:10 note E-3 is not sent now: EXCON moved it to T+0:20:00
--= 0:20 inject E-3: moved
--= 0:20 note E-3 t
--= 0:30 note E-3 is not sent again: it was sent before
--= 1:00 endex
