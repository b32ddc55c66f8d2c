--! E0109 people.lua:2:40
--! E0115 people.lua:3:1
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
require "people"
inject "INJ-01" { to = "ops", title = "Oil", text = "At pier 4." }
