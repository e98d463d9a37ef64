-- For wrk: asks for the addresses of PATHS in turn, and one in every MADE_ANEW so that it is made anew.
local paths = {}
for path in os.getenv("PATHS"):gmatch("%S+") do table.insert(paths, path) end
local made_anew = tonumber(os.getenv("MADE_ANEW"))
local asked = 0

function request()
  asked = asked + 1
  local headers = wrk.headers
  headers["Range"] = asked % made_anew == 0 and "bytes=0-" or nil
  return wrk.format("GET", paths[asked % #paths + 1], headers)
end
