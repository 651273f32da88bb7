-- POST bodies from a file, one after the other, each with an Idempotency-Key of its own.
-- Arguments: file of bodies (one JSON a line), prefix of the keys.
local bodies, prefix, number = {}, "", 0
local threads = {}
created, refused, example = 0, 0, ""

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  for line in io.lines(args[1]) do
    bodies[#bodies + 1] = line
  end
  prefix = args[2]
end

function request()
  number = number + 1
  local headers = { ["Content-Type"] = "application/json", ["Idempotency-Key"] = prefix .. string.format("%010d", number) }
  return wrk.format("POST", nil, headers, bodies[(number - 1) % #bodies + 1])
end

function response(status, headers, body)
  if status == 201 then
    created = created + 1
  else
    refused = refused + 1
    example = status .. " " .. body
  end
end

function done(summary, latency, requests)
  local e, t = summary.errors, threads[1]
  io.write(string.format("RESULT %d %d %d %d %d %d %s\n", summary.requests, summary.duration,
    e.connect + e.read + e.write + e.timeout + t:get("refused"), latency:percentile(50), latency:percentile(99),
    t:get("created"), t:get("example")))
end
