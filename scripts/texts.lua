-- Texts that have a form: require "texts", then texts.sitrep { … } gives the text of an inject.

local texts = {}

local function part(lines, heading, list)
  if list == nil then return end
  if type(list) == "string" then list = { list } end
  if #list == 0 then return end
  lines[#lines + 1] = ""
  lines[#lines + 1] = heading
  for _, line in ipairs(list) do lines[#lines + 1] = "- " .. line end
end

local keys = { time = true, source = true, known = true, unknown = true, asked = true }

-- A situation report. time and source are one line each; known, unknown and asked are lists of
-- lines (or one line), and are left out where there is nothing to say.
--
--   texts.sitrep {
--     time    = "03:20Z",
--     source  = "Wind fleet control centre",
--     known   = { "5,800 turbines cannot be reached", "They keep producing" },
--     unknown = "Whether a restart helps",
--     asked   = { "When does the link come back?" },
--   }
function texts.sitrep(report)
  if type(report) ~= "table" then error("texts.sitrep wants a table", 2) end
  for key in pairs(report) do
    if not keys[key] then
      error("texts.sitrep: unknown key \"" .. tostring(key) .. "\"; its keys are time, source, known, unknown, asked", 2)
    end
  end
  if not report.time or not report.source then error("texts.sitrep wants a time and a source", 2) end
  local lines = { "SITUATION REPORT, " .. report.time, "Source: " .. report.source }
  part(lines, "KNOWN", report.known)
  part(lines, "NOT KNOWN", report.unknown)
  part(lines, "ASKED OF YOU", report.asked)
  return table.concat(lines, "\n")
end

return texts
