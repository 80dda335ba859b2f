#!/usr/bin/env bash
# The one test command: format, lints, then every test twice, first on the embedded adapters, then on
# a PostgreSQL and a Redis of its own, each time the browser's and the client's too; then what this
# folder holds for operators. On Debian, as root, it installs what is missing. However it ends, it
# stops and removes what it started; a server that already runs is left alone.
set -euo pipefail
# shellcheck source=deploy/processes.sh
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/processes.sh"

usage() {
    cat <<'USAGE'
Usage: deploy/test.sh [--embedded | --production] [--no-lint] [--no-web] [--no-deploy] [-- ARGUMENTS]

  --embedded    only the pass on the embedded adapters; needs neither PostgreSQL nor Redis
  --production  only the pass on PostgreSQL and Redis
  --no-lint     no format, lint, licence and source checks
  --no-web      nothing that needs Node: not the client, the console, the documents
  --no-deploy   not deploy/check.sh, which otherwise follows the pass on PostgreSQL and Redis
  -h, --help    print this

ARGUMENTS go to the test runner: cargo nextest where it is installed, else cargo test. With them nothing
else is tested.
USAGE
}

embedded=1 production=1 lint=1 web=1 deploy=1
while (($#)); do
    case $1 in
        --embedded) production= ;;
        --production) embedded= ;;
        --no-lint) lint= ;;
        --no-web) web= ;;
        --no-deploy) deploy= ;;
        -h | --help) usage && exit ;;
        --) shift && break ;;
        *) usage >&2 && exit 2 ;;
    esac
    shift
done
[[ $embedded || $production ]] || die '--embedded and --production exclude each other' 2
if (($#)); then web='' deploy=''; fi
[[ $production ]] || deploy=''

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

# A developer's own settings must not reach the tests. PG* steers PostgreSQL and its clients, INSTA_*
# can make every snapshot pass.
unset DATABASE_URL REDIS_URL REDIS_PREFIX SMTP_URL MAIL_FROM MEDIA_URL PUBLIC_URL RUST_LOG \
    "${!KITH_@}" "${!PG@}" "${!INSTA_@}" "${!OTEL_@}"
# cargo test takes its threads from here, nextest from .config/nextest.toml.
export RUST_TEST_THREADS=${RUST_TEST_THREADS:-4}

# Prints the Debian packages that are missing, one a line.
missing_packages() {
    cc -E -x c -include stdio.h /dev/null >/dev/null 2>&1 || printf '%s\n' gcc libc6-dev
    [[ ! -e /etc/debian_version || -e /etc/ssl/certs/ca-certificates.crt ]] || echo ca-certificates
    # The mail server of the tests; they run it by Debian's own Python.
    /usr/bin/python3 -I -c 'import aiosmtpd' >/dev/null 2>&1 || echo python3-aiosmtpd
    if [[ $production ]]; then
        [[ $(postgres_bin) ]] || echo postgresql
        command -v redis-server >/dev/null || echo redis-server
    fi
    if [[ $web ]]; then
        command -v node >/dev/null || echo nodejs
        command -v npm >/dev/null || echo npm
        command -v chromium >/dev/null || echo chromium
    fi
}

check() {
    stage 'Format'
    run cargo fmt --all --check
    stage 'Lints'
    run cargo clippy --workspace --all-targets --all-features -- -D warnings
    stage 'Licences and sources'
    # Advisories are left out: they need a download, and change without a change here.
    if command -v cargo-deny >/dev/null; then
        run cargo deny check --hide-inclusion-graph licenses bans sources
    else
        echo 'cargo-deny is not installed; skipped'
    fi
}

run_tests() {
    if [[ $nextest ]]; then
        run cargo nextest run --workspace --all-features "$@"
    else
        run cargo test --workspace --all-features --no-fail-fast "$@"
    fi
}

# The binaries as the tests have them, which bring them: everything is compiled already.
build_binaries() {
    stage 'Binaries'
    run cargo test --workspace --all-features --no-run --quiet
    KITH_TEST_BIN=$(realpath "${CARGO_TARGET_DIR:-target}/debug")
    export KITH_TEST_BIN
}

check_web() {
    if (($(node --version | sed 's/^v\([0-9]*\).*/\1/') < 18)); then
        die "Node $(node --version) is too old: 18 or later is needed, https://nodejs.org"
    fi
    stage 'Packages of the web part'
    run npm ci --prefix api/web --no-audit --no-fund --loglevel=error
    stage 'Documents, types and generated files of the web part'
    run npm run --prefix api/web check
}

prepare
mapfile -t missing < <(missing_packages)
install_packages "${missing[@]}"
cargo --version >/dev/null 2>&1 || die 'missing: a Rust toolchain, https://rustup.rs'
if [[ $lint ]]; then
    if ! { cargo fmt --version && cargo clippy --version; } >/dev/null 2>&1; then
        die 'missing: rustfmt or clippy. Run: rustup component add rustfmt clippy'
    fi
    check
fi
nextest=''
if cargo nextest --version >/dev/null 2>&1; then nextest=1; fi

if [[ $embedded ]]; then
    stage 'Tests on the embedded adapters'
    run_tests "$@"
    # nextest leaves these out; arguments that choose tests mean none of them.
    if [[ $nextest && $# -eq 0 ]]; then
        stage 'Documentation tests'
        run cargo test --doc --workspace --all-features
    fi
fi
if [[ $web || $deploy ]]; then build_binaries; fi
if [[ $web ]]; then check_web; fi
if [[ $web && $embedded ]]; then
    stage 'Tests of the web part on the embedded adapters'
    run npm test --prefix api/web
fi

if [[ $production ]]; then
    start_servers
    stage 'Tests on PostgreSQL and Redis'
    run_tests "$@"
    if [[ $web ]]; then
        stage 'Tests of the web part on PostgreSQL and Redis'
        run npm test --prefix api/web
    fi
fi
if [[ $deploy ]]; then
    stage "What deploy/ holds"
    run deploy/check.sh
fi

stage ''
printf '\n== Passed in %d s\n' "$SECONDS"
