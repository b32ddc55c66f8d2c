--! E0122 9:3
--! E0122 11:33
--! E0122 12:1
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
storyline "s" (function ()
  wait "5m"
  end
end)
party "press" { name = "Radio" }}
end
