"""The cart's Lua scripts. Each is one atomic step and one round trip.

A cart is a hash: variant id -> ``quantity:place``. Places grow in the order of adding and are not used twice: they are
times of the server's clock in microseconds, so a line that was removed and added again has another place. A second hash
records where the lines of a merged cart went: ``variant:place`` -> ``place:quantity:owner``, and ``to:owner`` for each
owner who took it over. Ids stay text inside the scripts, because Lua's numbers are exact only up to 2^53.
"""

from typing import Final

_TOOLS = """
local function parsed(value)
  local quantity, place = string.match(value, '^(%d+):(%d+)$')
  return tonumber(quantity), tonumber(place)
end
local function line(key, variant)
  local value = redis.call('HGET', key, variant)
  if value then return parsed(value) end
end
local function put(key, variant, quantity, place)
  redis.call('HSET', key, variant, string.format('%d:%d', quantity, place))
end
local function next_place(key)
  local now = redis.call('TIME')
  local last = tonumber(now[1]) * 1000000 + tonumber(now[2]) - 1
  for _, value in ipairs(redis.call('HVALS', key)) do
    local _, place = parsed(value)
    if place > last then last = place end
  end
  return last + 1
end
"""

# KEYS: cart. ARGV: seconds to live, maximum of lines, variant, quantity, maximum of this variant.
ADD: Final = (
    _TOOLS
    + """
local had, place = line(KEYS[1], ARGV[3])
if not had and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[2]) then return {'full'} end
local total = (had or 0) + tonumber(ARGV[4])
if total > tonumber(ARGV[5]) then return {'short'} end
put(KEYS[1], ARGV[3], total, place or next_place(KEYS[1]))
redis.call('EXPIRE', KEYS[1], ARGV[1])
return {'done', redis.call('HGETALL', KEYS[1])}
"""
)

# KEYS: cart. ARGV: seconds to live, variant, the new variant (may be the same), the new quantity (0: unchanged),
# maximum of the new variant (-1: not on sale).
CHANGE: Final = (
    _TOOLS
    + """
local had, place = line(KEYS[1], ARGV[2])
if not had then return {'missing'} end
local most = tonumber(ARGV[5])
if most < 0 then return {'gone'} end
local total = tonumber(ARGV[4])
if total == 0 then total = had end
if ARGV[3] ~= ARGV[2] then
  local there, its_place = line(KEYS[1], ARGV[3])
  if there then total, place = total + there, its_place end
end
if total > most then return {'short'} end
if ARGV[3] ~= ARGV[2] then redis.call('HDEL', KEYS[1], ARGV[2]) end
put(KEYS[1], ARGV[3], total, place)
redis.call('EXPIRE', KEYS[1], ARGV[1])
return {'done', redis.call('HGETALL', KEYS[1])}
"""
)

# KEYS: cart. ARGV: seconds to live, variants.
REMOVE: Final = """
local removed = 0
for i = 2, #ARGV do removed = removed + redis.call('HDEL', KEYS[1], ARGV[i]) end
redis.call('EXPIRE', KEYS[1], ARGV[1])
return {removed, redis.call('HGETALL', KEYS[1])}
"""

# KEYS: cart, marker of this merge, and for a merged cart its key and the key that records where its lines go.
# ARGV: seconds to live of the cart and of the marker, maximum of lines, maximum of any variant, number of items, the
# cart's owner, the items (variant, quantity), then the limits (variant, maximum; -1: not on sale).
MERGE: Final = (
    _TOOLS
    + """
local before = redis.call('GET', KEYS[2])
if before then return {before, redis.call('HGETALL', KEYS[1])} end
local first_limit = 7 + 2 * tonumber(ARGV[5])
local limits, order, wanted, results, origins = {}, {}, {}, {}, {}
for i = first_limit, #ARGV, 2 do limits[ARGV[i]] = tonumber(ARGV[i + 1]) end
local function want(variant, quantity)
  if not wanted[variant] then table.insert(order, variant) end
  wanted[variant] = (wanted[variant] or 0) + quantity
end
if KEYS[3] then
  local taken, flat = {}, redis.call('HGETALL', KEYS[3])
  for i = 1, #flat, 2 do
    local quantity, place = parsed(flat[i + 1])
    table.insert(taken, {variant = flat[i], quantity = quantity, place = place})
  end
  table.sort(taken, function(a, b) return a.place < b.place end)
  for _, each in ipairs(taken) do
    want(each.variant, each.quantity)
    origins[each.variant] = each
  end
end
for i = 7, first_limit - 1, 2 do want(ARGV[i], tonumber(ARGV[i + 1])) end
local place, lines = next_place(KEYS[1]), redis.call('HLEN', KEYS[1])
for _, variant in ipairs(order) do
  local had, its_place = line(KEYS[1], variant)
  local most = limits[variant] or tonumber(ARGV[4])
  local total, outcome = had or 0, 'capped'
  if most < 0 or (most == 0 and not had) then
    outcome = 'gone'
  elseif had or lines < tonumber(ARGV[3]) then
    local sum = total + wanted[variant]
    total = math.min(sum, math.max(most, total))
    if total == sum then outcome = 'added' end
    put(KEYS[1], variant, total, its_place or place)
    local origin = origins[variant]
    if origin then
      local moved = math.min(origin.quantity, total - (had or 0))
      local field = variant .. ':' .. string.format('%d', origin.place)
      redis.call('HSET', KEYS[4], field, string.format('%d:%d:%s', its_place or place, moved, ARGV[6]))
    end
    if not had then place, lines = place + 1, lines + 1 end
  end
  table.insert(results, variant .. ':' .. outcome .. ':' .. string.format('%d', total))
end
local told = table.concat(results, ',')
redis.call('SET', KEYS[2], told, 'EX', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[1])
if KEYS[3] then
  redis.call('HSET', KEYS[4], 'to:' .. ARGV[6], 1)
  redis.call('EXPIRE', KEYS[4], ARGV[2])
  redis.call('DEL', KEYS[3])
end
return {told, redis.call('HGETALL', KEYS[1])}
"""
)

# KEYS: cart, marker of this event, the record of where the cart's lines went. ARGV: seconds to live of the cart and of
# the marker, triples (variant, quantity, place of the line; 0: any place). Units that another cart took over are
# returned as ``owner|variant|quantity|place``, for the caller to take out there; a repeat returns them from the marker.
SUBTRACT: Final = (
    _TOOLS
    + """
local before = redis.call('GET', KEYS[2])
if before then return {0, before} end
local function went_to(variant, place)
  if place ~= '0' then return redis.call('HGET', KEYS[3], variant .. ':' .. place) end
  local flat = redis.call('HGETALL', KEYS[3])
  for i = 1, #flat, 2 do
    if string.match(flat[i], '^(%d+):%d+$') == variant then return flat[i + 1] end
  end
end
local elsewhere = {}
for i = 3, #ARGV, 3 do
  local variant, quantity, meant = ARGV[i], tonumber(ARGV[i + 1]), ARGV[i + 2]
  local had, place = line(KEYS[1], variant)
  if had and (meant == '0' or tonumber(meant) == place) then
    local left = had - quantity
    if left > 0 then put(KEYS[1], variant, left, place) else redis.call('HDEL', KEYS[1], variant) end
  else
    local target = went_to(variant, meant)
    if target then
      local its_place, moved, owner = string.match(target, '^(%d+):(%d+):(.+)$')
      local rest = string.format('%d', math.min(quantity, tonumber(moved)))
      table.insert(elsewhere, table.concat({owner, variant, rest, its_place}, '|'))
    end
  end
end
local told = table.concat(elsewhere, ',')
redis.call('SET', KEYS[2], told, 'EX', ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[1])
return {1, told}
"""
)
