team "ops" { name = "Harbour control" }
objective "OBJ-1" { text = "x", team = ops }
prty "press" { name = "Radio" }
