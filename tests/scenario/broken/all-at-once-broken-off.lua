--! E0206 8:24
--! E0208 8:52
--! E0118 9:0
exercise "x" { title = "X", startex = "2026-03-02 07:00Z", length = "1h" }
team "ops" { name = "Harbour control" }
-- What was declared before it stopped is looked at; that "later" is unknown is not said, because it
-- may be declared behind that place.
inject "INJ-01" { at = "soon", to = "ops", title = "", text = "Power: {{level later}}", objective = "OBJ-9" }
error("enough")
