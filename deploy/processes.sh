# For the scripts beside it, which source it: stages, processes that end with the script, servers of its own, Debian packages. Whoever
# sources it sets `scratch` to a folder of its own and has `clean_up` run on EXIT.
# shellcheck shell=bash

script=${0##*/}
stage='' began=0 scratch='' runner='' postgres='' redis='' set_aside=''
policy=/usr/sbin/policy-rc.d
no_cluster=/etc/postgresql-common/createcluster.d/kith-test.conf

die() {
    printf '%s: %s\n' "$script" "$1" >&2
    exit "${2:-1}"
}

# What both scripts need of their surroundings.
prepare() {
    # Shells that are not login shells often lack these.
    PATH=$PATH:/usr/sbin:/sbin:${CARGO_HOME:-${HOME:-}/.cargo}/bin
    # What a test asks of its own server must not go through a proxy that downloads need.
    NO_PROXY=127.0.0.1,localhost,${NO_PROXY:-${no_proxy:-}}
    export NO_PROXY no_proxy=$NO_PROXY
    trap clean_up EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    # Not in TMPDIR: it can be a folder that the postgres user may not enter, or one too long for a socket.
    scratch=$(mktemp -d "$(roomy_folder)/kith-test.XXXXXX")
    chmod 711 "$scratch"
    mkdir -m 1777 "$scratch/tmp"
    export TMPDIR=$scratch/tmp
}

# Prints the folder for what tests write: one in memory, where there is room. Databases come and go by the thousand, and
# a file system on a disk is slow to make files where others were just removed.
roomy_folder() {
    local gibibytes=0
    # Some tests run what they have written.
    if grep ' /dev/shm tmpfs rw' /proc/mounts | grep -qv noexec && [[ -w /dev/shm ]]; then
        gibibytes=$(df --output=avail --block-size=1G /dev/shm | tail -n 1)
    fi
    if ((gibibytes >= 2)); then echo /dev/shm; else echo /tmp; fi
}

# --- Stages and processes -------------------------------------------------------------------------

# Says how long the stage before took and names the one that begins; '' only ends the last.
stage() {
    [[ -z $stage ]] || printf '== %s: %d s\n' "$stage" $((SECONDS - began))
    stage=$1 began=$SECONDS
    [[ -z $stage ]] || printf '\n== %s\n' "$stage"
}

# Starts a command in the background and sets `child`. It leads a process group of its own, so that a
# Ctrl-C reaches only this script, which then stops its children in order.
spawn() {
    set -m
    "$@" </dev/null &
    child=$!
    set +m
}

# Waits for the end of what was spawned last, and gives its status.
join() {
    local status=0
    runner=$child
    wait "$runner" || status=$?
    runner=''
    return "$status"
}

# Runs a command to its end. Not in the foreground, where bash would answer a signal only afterwards.
run() {
    spawn "$@"
    join
}

# Stops a process that `spawn` started, and its group: asks with a signal, insists after 20 s. (nextest
# gives the tests that it stops 10 s.)
stop() {
    local signal=$1 group=-$2 deadline=$((SECONDS + 20))
    kill -s "$signal" -- "$group" 2>/dev/null || return 0
    while kill -s 0 -- "$group" 2>/dev/null; do
        if ((SECONDS >= deadline)); then
            kill -s KILL -- "$group" 2>/dev/null || true
            return 0
        fi
        sleep 0.1
    done
}

# Waits until a command succeeds; fails when the process has ended or a minute has passed.
await() {
    local pid=$1 deadline=$((SECONDS + 60))
    shift
    until "$@"; do
        if ((SECONDS >= deadline)) || ! kill -s 0 "$pid" 2>/dev/null; then
            return 1
        fi
        sleep 0.1
    done
}

clean_up() {
    local status=$? log
    trap - EXIT
    trap '' HUP INT TERM
    set +e
    [[ -z $runner ]] || stop TERM "$runner"
    # Not after a signal (above 128): then nobody asks why.
    if ((status > 0 && status <= 128)); then
        for log in "$scratch"/*.log; do
            [[ -s $log ]] || continue
            printf '\n== The last lines of %s\n' "${log##*/}"
            tail -n 30 "$log"
        done
    fi
    [[ -z $redis ]] || stop TERM "$redis"
    # QUIT is PostgreSQL's immediate shutdown: nothing in it is worth a checkpoint.
    [[ -z $postgres ]] || stop QUIT "$postgres"
    allow_starts
    rm -rf "$scratch"
    if ((status)) && [[ $stage ]]; then
        printf '\n== %s: failed after %d s\n' "$stage" $((SECONDS - began)) >&2
    fi
    exit "$status"
}

# --- Packages ---------------------------------------------------------------------------------------

# Debian starts (and restarts) servers as it installs them, and makes a first PostgreSQL cluster that
# would start with the machine. Both are held back while packages are installed.
forbid_starts() {
    set_aside=$scratch/policy-rc.d
    if [[ -e $policy || -L $policy ]]; then mv "$policy" "$set_aside"; fi
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    mkdir -p "${no_cluster%/*}"
    echo 'create_main_cluster = false' >"$no_cluster"
}

allow_starts() {
    [[ $set_aside ]] || return 0
    rm -f "$policy" "$no_cluster"
    rmdir --ignore-fail-on-non-empty "${no_cluster%/*}"
    if [[ -e $set_aside || -L $set_aside ]]; then mv "$set_aside" "$policy"; fi
    set_aside=''
}

# Installs Debian packages, or says who has to.
install_packages() {
    (($#)) || return 0
    if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
        die "missing packages: $*. Install them, or run this as root on Debian."
    fi
    stage "Install $*"
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
    forbid_starts
    "${apt[@]}" update </dev/null
    "${apt[@]}" install -y --no-install-recommends "$@" </dev/null
    allow_starts
    # The tests start their own: these shall not start with the machine either.
    local service
    for service in redis-server nginx prometheus prometheus-alertmanager; do
        if [[ " $* " == *" $service"* ]]; then update-rc.d "$service" disable; fi
    done
}

# --- Servers --------------------------------------------------------------------------------------

# Sets `port` to one that nobody listens on, below those the kernel gives to outgoing connections.
pick_port() {
    while :; do
        port=$((20000 + RANDOM % 12000))
        if ! (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then return; fi
    done
}

# Prints the folder of the newest PostgreSQL server, or nothing.
postgres_bin() {
    local bin newest=''
    while read -r bin; do
        if [[ -x $bin/initdb && -x $bin/postgres ]]; then newest=$bin; fi
    done < <(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V)
    printf '%s' "$newest"
}

# Both servers run under setpriv: it becomes the server, so that the id is the server's own (runuser
# stays in between), and should this script be killed outright, the kernel stops the server. Another
# process can take the port before the server does, so a start is tried on five.

start_postgres() {
    local bin folder=$scratch/postgres log=$scratch/postgres.log
    local as_owner=(env -C "$folder" LC_ALL=C setpriv --pdeathsig=QUIT)
    bin=$(postgres_bin)
    mkdir -m 700 "$folder"
    if ((EUID == 0)); then
        # PostgreSQL refuses to run as root.
        chown postgres: "$folder"
        as_owner+=(--reuid=postgres --regid=postgres --init-groups)
    fi
    spawn "${as_owner[@]}" "$bin/initdb" --pgdata="$folder/data" --username=postgres --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$log" 2>&1
    join
    for _ in {1..5}; do
        pick_port
        spawn "${as_owner[@]}" "$bin/postgres" -D "$folder/data" -p "$port" \
            -c listen_addresses=127.0.0.1 -c unix_socket_directories="$folder" -c max_connections=500 \
            -c fsync=off -c synchronous_commit=off -c full_page_writes=off >"$log" 2>&1
        postgres=$child
        # Its own word, so that another server on the port can't be taken for it.
        if await "$postgres" grep -qs '^ready' "$folder/data/postmaster.pid"; then
            postgres_port=$port
            return
        fi
        stop QUIT "$postgres"
        postgres=''
    done
    die 'PostgreSQL does not start'
}

start_redis() {
    local folder=$scratch/redis log=$scratch/redis.log
    mkdir -m 700 "$folder"
    for _ in {1..5}; do
        pick_port
        spawn setpriv --pdeathsig=TERM redis-server --port "$port" --bind 127.0.0.1 --dir "$folder" \
            --save '' --appendonly no >"$log" 2>&1
        redis=$child
        if await "$redis" grep -qs 'Ready to accept connections' "$log"; then
            redis_port=$port
            return
        fi
        stop TERM "$redis"
        redis=''
    done
    die 'Redis does not start'
}

# Starts both, and names them to whoever tests with them.
start_servers() {
    stage 'Start PostgreSQL and Redis'
    start_postgres
    start_redis
    echo "PostgreSQL on port $postgres_port, Redis on port $redis_port"
    export KITH_TEST_DATABASE_URL=postgres://postgres@127.0.0.1:$postgres_port/postgres
    export KITH_TEST_REDIS_URL=redis://127.0.0.1:$redis_port
}
