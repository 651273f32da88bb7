"""Lua scripts that change sessions: each is one atomic step on the server.

``session:<sid>`` is a hash with its own limits in it (`idle`, `ends`); ``sessions:<kind>:<id>`` the account's session
ids with the second after which each has ended finally; ``session-epoch:<kind>:<id>`` the epoch that the last sign-out
everywhere raised, for as long as a sign-in that read the row before can still be running.
"""

from typing import Final

OPEN: Final = """
local raised = redis.call('GET', KEYS[3])
if raised and tonumber(raised) > tonumber(ARGV[5]) then
  return 0
end
for i = 6, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[4], ARGV[1])
redis.call('EXPIREAT', KEYS[2], ARGV[4] + 1)
return 1
"""
"""KEYS session, index, epoch; ARGV sid, now, idle seconds, the second of its absolute end, epoch, then fields and
values. Returns 0 if the epoch has ended already, else 1."""

TOUCH: Final = """
local held = redis.call('HMGET', KEYS[1], 'kind', 'id', 'role', 'permissions', 'limited', 'seen', 'idle', 'ends')
if not held[1] then
  return {}
end
local now, left = tonumber(ARGV[1]), tonumber(held[8]) - tonumber(ARGV[1])
if left <= 0 then
  redis.call('DEL', KEYS[1])
  return {}
end
if now - tonumber(held[6]) >= tonumber(ARGV[2]) then
  redis.call('HSET', KEYS[1], 'seen', ARGV[1])
  redis.call('EXPIRE', KEYS[1], math.min(tonumber(held[7]), left))
end
local kept = redis.call('HMGET', KEYS[2], 'answer', 'no')
return {held[1], held[2], held[3] or '', held[4] or '', held[5] or '', kept[1] or '', kept[2] or ''}
"""
"""KEYS session, cached answer of the account; ARGV now, seconds between two updates of "last seen". Returns kind, id,
role, permissions, limited, remembered answer and its `no`; nothing for a session that is over."""

ROTATE: Final = """
local held = redis.call('HMGET', KEYS[1], 'refresh', 'kind', 'id', 'epoch', 'remember', 'idle', 'ends')
local last = redis.call('HMGET', KEYS[1], 'replaced', 'rotated', 'lives')
local now, left = tonumber(ARGV[2]), tonumber(held[7] or 0) - tonumber(ARGV[2])
local is_current = held[1] and held[1] == ARGV[4]
local is_repeat = held[1] and held[1] == ARGV[5] and last[1] == ARGV[4]
  and now - tonumber(last[2]) <= tonumber(ARGV[10])
if not (is_current or is_repeat) or held[2] ~= ARGV[6] or held[3] ~= ARGV[7] or held[4] ~= ARGV[3] or left <= 0 then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], ARGV[1])
  return {}
end
local seconds = math.min(tonumber(held[6]), left)
local rotated, lives = now, seconds
if is_repeat then
  rotated, lives = tonumber(last[2]), tonumber(last[3])
else
  redis.call('HSET', KEYS[1], 'refresh', ARGV[5])
  redis.call('HSET', KEYS[1], 'replaced', ARGV[4])
  redis.call('HSET', KEYS[1], 'rotated', rotated)
  redis.call('HSET', KEYS[1], 'lives', lives)
end
redis.call('HSET', KEYS[1], 'seen', ARGV[2])
redis.call('HSET', KEYS[1], 'role', ARGV[8])
redis.call('HSET', KEYS[1], 'permissions', ARGV[9])
redis.call('EXPIRE', KEYS[1], seconds)
return {rotated, lives, tonumber(held[5])}
"""
"""KEYS session, index; ARGV sid, now, epoch, presented hash, hash of its successor, kind, id, role, permissions,
seconds in which a replaced token may come again. Returns the second in which the successor was made, the seconds that
it lives from then, and 1 for a remembered session; nothing where the session is not there or the token is
neither its current one nor the one that was just replaced (the session is then gone). Only the last replaced token is
remembered: once its successor is used, that one takes its place."""

LIST: Final = """
local found = {}
for _, sid in ipairs(redis.call('ZREVRANGE', KEYS[1], 0, -1)) do
  local held = redis.call('HMGET', 'session:' .. sid, 'created', 'seen', 'device', 'address', 'remember')
  if held[1] then
    table.insert(found, {sid, held[1], held[2], held[3] or '', held[4] or '', held[5] or '0'})
  else
    redis.call('ZREM', KEYS[1], sid)
  end
end
return found
"""
"""KEYS index. Returns the active sessions: sid, created, seen, device, address, remember."""

CLOSE: Final = """
local was_there = redis.call('ZREM', KEYS[2], ARGV[1])
if was_there == 1 then
  redis.call('DEL', KEYS[1])
end
return was_there
"""
"""KEYS session, index; ARGV sid. Ends only a session of this account's index. Returns 1 if there was one."""

CLOSE_ALL: Final = """
if ARGV[1] ~= '' then
  redis.call('SET', KEYS[2], ARGV[1], 'EX', ARGV[2])
end
for _, sid in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if sid ~= ARGV[3] then
    redis.call('DEL', 'session:' .. sid)
    redis.call('ZREM', KEYS[1], sid)
  end
end
if ARGV[3] ~= '' and ARGV[1] ~= '' then
  if redis.call('EXISTS', 'session:' .. ARGV[3]) == 1 then
    redis.call('HSET', 'session:' .. ARGV[3], 'epoch', ARGV[1])
    if ARGV[4] ~= '' then
      redis.call('HSET', 'session:' .. ARGV[3], 'limited', ARGV[4])
    end
  end
end
return 1
"""
"""KEYS index, epoch; ARGV the new epoch (empty: it was not raised), seconds to remember it, the one sid to keep (empty:
none), which goes on in the new epoch, and its limit from now on (empty: as it is)."""
