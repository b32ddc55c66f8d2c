--! E0209 15:6
--! E0203 15:22
--! E0204 15:33
--! E0201 16:16
--! E0206 18:8
--! E0214 18:31
--! E0203 18:51
--! E0222 18:77
--! E0214 19:15
--! E0201 19:24
--! E0210 20:8
--! E0208 20:41
--! E0214 20:63
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops " { name = 1, seats = 99 }
team "media" { nam = "Press office" }
inject "INJ-01" {
  at = "0:05", to = { "ops ", "medai" }, urgent = 1, title = "Oil", text = "{{nwo}}",
  objective = "OBJ-1", atach = "a.txt" }
inject "INJ-01" { to = "media", title = "", text = "x", at = "INJ-03 +5m" }
