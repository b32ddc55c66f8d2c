--! E0104 7:24
--! E0104 7:30
--! E0102 people.lua:1:37
--! E0110 story.lua:1:36
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
require "people"
party "coast" { name = “Coast” }
require "story"
