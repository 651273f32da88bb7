"""Lua scripts that read and change sessions. Redis runs each of them atomically. Times are Unix seconds.

``session:<sid>`` is a hash with the session and its limits (`idle`, `ends`). ``sessions:<kind>:<id>`` is the index: a
sorted set of the account's session ids, scored by their absolute end. ``session-epoch:<kind>:<id>`` is the epoch after
the last sign-out everywhere; it is kept as long as a sign-in that read the account's row earlier may still be running.
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
"""KEYS session, index, epoch; ARGV sid, now, idle seconds, absolute end, epoch, then fields and values. Returns 0, and
writes nothing, if a higher epoch is stored, else 1."""

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
role, permissions, limited, cached answer and its `no`; nothing if the session has ended."""

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
"""KEYS session, index; ARGV sid, now, epoch, hash of the presented token, hash of its successor, kind, id, role,
permissions, seconds during which the replaced token is still accepted. Returns when the successor was made, for how
many seconds from then it is valid, and 1 for a remembered session. If the session, its account or its epoch does not
match, or the token is neither the current one nor the one replaced last, it deletes the session and returns nothing.
Only the token replaced last is stored: using its successor overwrites it."""

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
"""KEYS index, epoch; ARGV the new epoch (empty: not raised), seconds to store it, the sid to keep (empty: none), and
the new limit of that session (empty: unchanged). The kept session gets the new epoch."""
