-- A small clean scenario. What stands in the pages of scripts/errors is appended to it.

exercise "harbour" {
  title   = "Oil in the harbour",
  startex = "2026-03-02 07:00Z",
  length  = "2h",
}

team "ops" { name = "Harbour control", seats = 2, contacts = { "media", "press" } }
team "media" { name = "Press office", contacts = { "ops", "press" } }

party "press" { name = "Harbour Radio", notes = "Wants to know how much oil, and whose." }

objective "OBJ-1" { text = "Close the harbour in time, and say why.", team = { "ops", "media" } }

service "grid" { domain = "energy", name = "Power in the harbour" }
service "rail" { domain = "transport", name = "Harbour railway", needs = { { "grid" } } }

inject "INJ-01" { at = "T+0:05", from = "Pilot boat", to = "ops", channel = "radio",
  title = "Oil on the water", text = "A film of oil at pier 4, growing.", objective = "OBJ-1" }

inject "INJ-02" { at = "T+0:10", from = "press", to = "media", channel = "phone",
  title = "What is that smell?", text = "Listeners call us. What is going on?", objective = "OBJ-1" }

inject "INJ-03" { from = "Pilots", to = { "ops", "media" }, channel = "email",
  title = "All ships wait outside", text = "Seven ships at anchor.", objective = "OBJ-1" }

inject "INJ-04" { from = "Pilots", to = { "ops", "media" }, channel = "email",
  title = "The ferry drags oil along", text = "The beach is black.", objective = "OBJ-1" }

decision "D-01" { to = "ops", within = "10m", title = "Close the harbour?",
  options = { { "close", "Close it now" }, { "open", "Leave it open" } }, default = "open",
  objective = "OBJ-1" }

expect "EXP-01" { team = "media", by = "INJ-02 +30m", text = "The radio has an answer",
  objective = "OBJ-1", met = function () return said("media", "press") end }

storyline "the quay" (function ()
  wait_until "T+0:15"
  local quay = ask "D-01"
  if quay.option == "close" then
    set("grid", 80)
    send "INJ-03"
  else
    set("grid", 20)
    send "INJ-04"
  end
end)
