-- An inject with a voice is a cue when its time comes, and sent when its controller has delivered it: `sent` and "V-1 +2m" run from then.
--@ 0:07 excon-1 deliver inject=V-1
require "common"

inject "V-1" { at = "T+0:01", to = "alpha", voice = "simcell", title = "a call", text = "It is {{now}}.", notes = "sound tired" }
inject "V-2" { at = "V-1 +2m", to = "alpha", title = "after", text = "after the call" }
storyline "s" (function ()
  wait "2m"
  send "V-1"
  note("sent: " .. tostring(sent "V-1") .. ", aware: " .. tostring(aware("alpha", "V-1")))
  wait "6m"
  note("sent: " .. tostring(sent "V-1") .. ", aware: " .. tostring(aware("alpha", "V-1")))
end)
on("inject", function (e) note(e.inject .. " voice " .. tostring(e.voice)) end)

--= 0:02 note V-1 is not cued again: simcell has the cue
--= 0:02 note sent: nil, aware: nil
--= 0:07 inject V-1: It is T+0:01:00.
--= 0:07 note V-1 voice true
--= 0:08 note sent: 420, aware: 420
--= 0:09 inject V-2: after the call
--= 0:09 note V-2 voice nil
--= 1:00 endex
