//! The script that is presence in Redis: every step is one call, so that of two nodes one alone tells who came
//! or went.

/// Commands by name. Times are microseconds since 1970, which a score holds exactly.
///
/// Keys: `nodes` (a node's last entry), `requests` (an account's last request), `present` (who is listed, by
/// id), and what the key of a node's entries begins with. The keys of all nodes bear the same hash tag as
/// those that are declared. All expire, so that nothing stays of a Kith that is no more.
///
/// Arguments: the command, the three times of a `Horizon`, and what the command takes.
pub(super) const PRESENCE: &str = r#"
local nodes, requests, present, of_node = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local now, sockets_since, requests_since = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local keep, any = 600, -1

local function arguments(from)
    local list = {}
    for i = from, #ARGV do list[#list + 1] = ARGV[i] end
    return list
end

-- When each account was last entered by any node, after `since`; false where it was not.
local function entered(accounts, since)
    local times = {}
    for i = 1, #accounts do times[i] = false end
    if #accounts == 0 then return times end
    for _, node in ipairs(redis.call("zrange", nodes, 0, -1)) do
        local scores = redis.call("zmscore", of_node .. node, unpack(accounts))
        for i = 1, #accounts do
            local time = scores[i] and tonumber(scores[i])
            if time and time > since and time > (times[i] or 0) then times[i] = time end
        end
    end
    return times
end

-- When each account last asked for something lately; false where it did not.
local function asked(accounts)
    local times = {}
    if #accounts == 0 then return times end
    local scores = redis.call("zmscore", requests, unpack(accounts))
    for i = 1, #accounts do
        local time = scores[i] and tonumber(scores[i])
        times[i] = time and time > requests_since and time or false
    end
    return times
end

-- Takes off the list those for whom both tables say that they are not there.
local function unlist(accounts, one, other)
    local gone = {}
    for i, account in ipairs(accounts) do
        if not one[i] and not other[i] then gone[#gone + 1] = account end
    end
    if #gone > 0 then redis.call("zrem", present, unpack(gone)) end
end

local function prune_requests()
    for _ = 1, 40 do
        local old = redis.call("zrangebyscore", requests, "-inf", ARGV[4], "LIMIT", 0, 500)
        if #old == 0 then return end
        redis.call("zrem", requests, unpack(old))
        unlist(old, entered(old, any), {})
    end
end

local commands = {}

function commands.enter()
    local node, accounts = ARGV[5], arguments(6)
    local before, entries, came = entered(accounts, any), {}, {}
    for i, account in ipairs(accounts) do
        entries[#entries + 1] = now
        entries[#entries + 1] = account
        if not before[i] then came[#came + 1] = account end
    end
    redis.call("zadd", nodes, now, node)
    redis.call("zadd", of_node .. node, unpack(entries))
    for _, key in ipairs({nodes, of_node .. node, present}) do redis.call("expire", key, keep) end
    return came
end

function commands.leave()
    local node, accounts = ARGV[5], arguments(6)
    local had = redis.call("zmscore", of_node .. node, unpack(accounts))
    redis.call("zrem", of_node .. node, unpack(accounts))
    local live, gone = entered(accounts, sockets_since), {}
    for i, account in ipairs(accounts) do
        if had[i] and not live[i] then gone[#gone + 1] = account end
    end
    if #gone > 0 then
        -- What lapsed elsewhere is told now, so no sweep tells it again.
        for _, other in ipairs(redis.call("zrange", nodes, 0, -1)) do
            redis.call("zrem", of_node .. other, unpack(gone))
        end
        unlist(gone, asked(gone), {})
    end
    if redis.call("exists", of_node .. node) == 0 then redis.call("zrem", nodes, node) end
    return gone
end

function commands.sweep()
    prune_requests()
    local room, found = tonumber(ARGV[5]), {}
    for _, node in ipairs(redis.call("zrange", nodes, 0, -1)) do
        if room == 0 then break end
        local own = of_node .. node
        local lapsed = redis.call("zrangebyscore", own, "-inf", ARGV[3], "WITHSCORES", "LIMIT", 0, room)
        local accounts, gone = {}, {}
        for i = 1, #lapsed, 2 do accounts[#accounts + 1] = lapsed[i] end
        room = room - #accounts
        if #accounts > 0 then
            redis.call("zrem", own, unpack(accounts))
            local elsewhere = entered(accounts, any)
            for i, account in ipairs(accounts) do
                if not elsewhere[i] then
                    gone[#gone + 1] = account
                    found[#found + 1] = account
                    found[#found + 1] = lapsed[2 * i]
                end
            end
            unlist(gone, asked(gone), {})
        end
        if redis.call("exists", own) == 0 and tonumber(redis.call("zscore", nodes, node)) <= sockets_since then
            redis.call("zrem", nodes, node)
        end
    end
    table.insert(found, 1, room == 0 and 1 or 0)
    return found
end

-- An account, when it was last seen, whether it has a socket; and so on.
function commands.seen(accounts)
    accounts = accounts or arguments(5)
    local sockets, lately, found = entered(accounts, sockets_since), asked(accounts), {}
    for i, account in ipairs(accounts) do
        if sockets[i] or lately[i] then
            found[#found + 1] = account
            found[#found + 1] = math.max(sockets[i] or 0, lately[i] or 0)
            found[#found + 1] = sockets[i] and 1 or 0
        end
    end
    return found
end

function commands.show()
    local accounts = arguments(5)
    local sockets, lately, shown = entered(accounts, sockets_since), asked(accounts), {}
    for i, account in ipairs(accounts) do
        if sockets[i] or lately[i] then
            shown[#shown + 1] = account
            shown[#shown + 1] = account
        end
    end
    if #shown > 0 then
        redis.call("zadd", present, unpack(shown))
        redis.call("expire", present, keep)
    end
    return {}
end

function commands.page()
    prune_requests()
    local start, limit, ranks, excluded = tonumber(ARGV[5]), tonumber(ARGV[6]), {}, {}
    for _, account in ipairs(arguments(7)) do
        local rank = redis.call("zrevrank", present, account)
        if rank then
            ranks[#ranks + 1] = rank
            excluded[account] = true
        end
    end
    -- Those before the page do not count in the offset, those within it not in the limit.
    table.sort(ranks)
    local before = 0
    for _, rank in ipairs(ranks) do
        if rank <= start then
            start = start + 1
            before = before + 1
        end
    end
    local last, accounts = start + limit + #ranks - before - 1, {}
    for _, account in ipairs(redis.call("zrevrange", present, start, last)) do
        if #accounts < limit and not excluded[account] then accounts[#accounts + 1] = account end
    end
    return commands.seen(accounts)
end

return commands[ARGV[1]]()
"#;
