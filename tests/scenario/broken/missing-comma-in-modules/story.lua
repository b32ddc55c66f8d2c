inject "INJ-01" { to = "ops", at = T+0:05, title = "Oil", text = "At pier 4." }
