-- Scales and thresholds answer exactly at their borders: NOAA's G, S and R, Regulation 2024/2690.
require "common"
local space = require "space"
local cyber = require "cyber"

local function steps(scale, ...)
  local out = {}
  for i, value in ipairs { ... } do out[i] = tostring((scale(value))) end
  return table.concat(out, " ")
end

storyline "space weather" (function ()
  note("G " .. steps(space.g, 0, 4.99, 5, 5.99, 6, 6.99, 7, 7.99, 8, 8.99, 9))
  note("S " .. steps(space.s, 9.99, 10, 99.9, 100, 999, 1000, 9999, 10000, 99999, 100000))
  note("R " .. steps(space.r, 9.99e-6, 1e-5, 4.99e-5, 5e-5, 9.99e-5, 1e-4, 9.99e-4, 1e-3, 1.99e-3, 2e-3))
  note("flares " .. steps(space.r, "C9.9", "M1", "M4.9", "M5", "M9.9", "X1", "X9.9", "X10", "X19.9", "X20"))
  local step, row = space.g(8.3)
  note(step .. " " .. row.name .. ": " .. row.effect)
end)

storyline "outages" (function ()
  local function ask_law(given)
    local is, article = cyber.significant(given)
    return tostring(is) .. " " .. article:match("Art%..*")
  end
  note("cloud 30 " .. ask_law { of = "cloud", unavailable = "30m" } .. ", 31 " .. ask_law { of = "cloud", unavailable = 31 })
  note("limited 60 " .. ask_law { of = "cloud", limited = "1h", users_percent = 80 }
    .. ", 61 " .. ask_law { of = "cloud", limited = "1h1m", users_percent = 80 })
  note("5 % " .. ask_law { of = "cloud", limited = "2h", users = 5000, users_in_eu = 100000 }
    .. ", and one " .. ask_law { of = "cloud", limited = "2h", users = 5001, users_in_eu = 100000 })
  note("a million " .. ask_law { of = "cloud", limited = "2h", users = 1000000, users_in_eu = 90000000 }
    .. ", and one " .. ask_law { of = "cloud", limited = "2h", users = 1000001, users_in_eu = 90000000 })
  note("data centre 0 " .. ask_law { of = "data_centre", unavailable = 0 } .. ", 1 " .. ask_law { of = "data_centre", unavailable = "1m" }
    .. ", limited 60 " .. ask_law { of = "data_centre", limited = 60 } .. ", 61 " .. ask_law { of = "data_centre", limited = 61 })
  note("cdn 30 " .. ask_law { of = "cdn", unavailable = 30 } .. ", 31 " .. ask_law { of = "cdn", unavailable = 31 })
  note("dns 10 s " .. ask_law { of = "tld", slow = "2h", answer = 10 } .. ", 10.1 s " .. ask_law { of = "tld", slow = "2h", answer = 10.1 }
    .. ", an hour " .. ask_law { of = "tld", slow = "1h", answer = 30 })
end)

storyline "techniques" (function ()
  local out = {}
  for i, tag in ipairs { "T1190", "T1059.003", "T119", "T11900", "T1059.3", "t1190", "T1059.003 ", 1190 } do
    out[i] = tostring(cyber.is_technique(tag))
  end
  note(table.concat(out, " "))
end)

--= 0:00 note G nil nil 1 1 2 2 3 3 4 4 5
--= 0:00 note S nil 1 1 2 2 3 3 4 4 5
--= 0:00 note R nil 1 1 2 2 3 3 4 4 5
--= 0:00 note flares nil 1 1 2 2 3 3 4 4 5
--= 0:00 note 4 Severe: widespread voltage control problems; satellite navigation degraded for hours
--= 0:00 note cloud 30 false Art. 7, 31 true Art. 7
--= 0:00 note limited 60 false Art. 7, 61 true Art. 7
--= 0:00 note 5 % false Art. 7, and one true Art. 7
--= 0:00 note a million false Art. 7, and one true Art. 7
--= 0:00 note data centre 0 false Art. 8, 1 true Art. 8, limited 60 false Art. 8, 61 true Art. 8
--= 0:00 note cdn 30 false Art. 9, 31 true Art. 9
--= 0:00 note dns 10 s false Art. 6, 10.1 s true Art. 6, an hour false Art. 6
--= 0:00 note true true false false false false false false
--= 1:00 endex
