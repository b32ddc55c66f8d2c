--! E0117 8:1
--! E0117 10:13
--! E0117 11:13
--! E0117 12:8
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
team "media" { name = "Press office" }
print("hello")
storyline "s" (function ()
  local t = os.time()
  local n = math.random(6)
  note(io.read())
end)
