-- {{…}} is filled when an inject is sent.
--@ 0:01 alpha-1 decide decision=D-01 option=isolate
--@ 0:01 bravo-1 decide decision=D-02 text="Nothing {{now}}"
require "common"

inject "T-1" { to = "all", title = "t", text = "At {{story}}, {{clock}} ({{now}}): {{ decided D-01 }}, {{decided D-02}}, {{decided D-03}}" }
storyline "asks" (function () ask("D-01", "D-02") send "T-1" end)

--= 0:00 ask D-01
--= 0:00 ask D-02
--= 0:01 decided D-01 isolate
--= 0:01 decided D-02 "Nothing {{now}}"
--= 0:01 inject T-1: At 2022-02-24 08:01Z, 08:01 (T+0:01:00): Cut it off now, Nothing {{now}}, not decided
--= 1:00 endex
