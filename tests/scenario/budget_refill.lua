-- The budget is that of one moment: work spread over moments is not limited.
require "common"

storyline "s" (function ()
  local sum = 0
  for minute = 1, 10 do
    for i = 1, 40000 do sum = sum + i end
    wait "1m"
  end
  note(tostring(sum))
end)

--= 0:10 note 8000200000
--= 1:00 endex
