-- What the scripts of this folder have in common: require "common".

exercise "rules" {
  title = "Rules", startex = "2022-02-24 08:00Z", length = "1h",
}

team "alpha" { name = "Alpha", seats = 2 }
team "bravo" { name = "Bravo" }
party "press" { name = "Radio Nord" }

for i = 1, 5 do
  inject ("INJ-0" .. i) { to = "all", title = "Inject " .. i, text = "text " .. i }
end
inject "HELD" { to = "bravo", title = "Held", text = "held text", release = "manual" }

decision "D-01" {
  to = "alpha", within = "10m", title = "Cut it off?",
  options = { { "isolate", "Cut it off now" }, { "wait", "Keep watching" } }, default = "wait",
}
decision "D-02" { to = "bravo", within = "20m", title = "What do you say?" }
decision "D-03" {
  to = "alpha", within = "30m story", title = "Restart?", options = { { "yes", "Yes" }, { "no", "No" } },
}
