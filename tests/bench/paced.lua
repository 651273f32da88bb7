-- GETs with a pause between them, so that latency is that of an answer and not of a queue. Argument: milliseconds.
local pause = 10

function init(args)
  pause = tonumber(args[1]) or pause
end

function delay()
  return math.random(pause, 2 * pause)
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d \n", summary.requests, summary.duration,
    e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50), latency:percentile(99), 0))
end
