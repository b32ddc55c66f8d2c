--! E0121 7:15
--! E0121 10:14
--! E0121 13:23
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
storyline "s" function ()
  wait "5m"
end
storyline "t", function ()
  wait "5m"
end
storyline "u" (function wait "5m" end)
