-- GETs of the paths in a file, one after the other. A path ending in "=" gets a number of its own each time.
local paths, number = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    paths[#paths + 1] = line
  end
end

function request()
  number = number + 1
  local path = paths[(number - 1) % #paths + 1]
  if path:sub(-1) == "=" then
    path = path .. number
  end
  return wrk.format("GET", path)
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d \n", summary.requests, summary.duration,
    e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50), latency:percentile(99), 0))
end
