-- finish ends play; nothing of its storyline, or of others, comes after.
require "common"

storyline "s" (function ()
  wait "7m"
  finish()
  note "never"
end)
storyline "other" (function () wait "8m"; note "never" end)
when(function () return now() >= 420 end, function () note "never" end)

--= 0:07 endex
