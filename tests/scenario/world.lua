-- What the scripts about the world have in common: require "world".

require "common"

service "grid"   { domain = "energy", name = "Grid", users = 1200, seen_by = "alpha" }
service "mast"   { domain = "cyber", name = "Mast", users = 600, restart = "2m", needs = { { "grid", autonomy = "20m" } } }
service "rail"   { domain = "transport", name = "Railway", seen_by = "all", needs = { { "grid", strength = 50 } } }
service "road"   { domain = "transport", name = "Road" }
service "detour" { domain = "transport", name = "Detour", level = 60 }
service "port"   { domain = "transport", name = "Port", needs = {
  { "road", group = "way" }, { "detour", group = "way", closed = true, switch = "5m" },
} }
