team "ops" { name = "Harbour control" seats = 2 }
