#!/usr/bin/env bash
# Checks what this folder holds for operators: runs what can run here, and has the rest read by its own
# linter or schema. On Debian, as root, it installs what is missing; Python packages go into a scratch
# folder. KITH_TEST_BIN names the folder of the binaries `api` and `worker` (target/debug).
# KITH_TEST_DATABASE_URL and KITH_TEST_REDIS_URL name servers; without them it starts its own.
set -euo pipefail
# shellcheck source=deploy/processes.sh
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/processes.sh"
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

[[ $# -eq 0 ]] || die 'takes no arguments' 2
binaries=$(realpath "${KITH_TEST_BIN:-${CARGO_TARGET_DIR:-target}/debug}")
for program in api worker; do
    [[ -x $binaries/$program ]] || die "$binaries/$program is not there: cargo build --workspace --bins"
done

missing_packages() {
    /usr/bin/python3 -c 'import ensurepip, venv' >/dev/null 2>&1 || echo python3-venv
    command -v shellcheck >/dev/null || echo shellcheck
    command -v promtool >/dev/null || echo prometheus
    command -v amtool >/dev/null || echo prometheus-alertmanager
    command -v nginx >/dev/null || echo nginx-light
    command -v openssl >/dev/null || echo openssl
    if [[ -z ${KITH_TEST_DATABASE_URL:-} || -z ${KITH_TEST_REDIS_URL:-} ]]; then
        [[ $(postgres_bin) ]] || echo postgresql
        command -v redis-server >/dev/null || echo redis-server
    fi
}

python() {
    "$scratch/venv/bin/python" "$@"
}

check_units() {
    local folder=$scratch/units unit
    if ! command -v systemd-analyze >/dev/null; then
        echo 'systemd-analyze is not here; skipped'
        return
    fi
    mkdir "$folder"
    for unit in deploy/systemd/*.service deploy/systemd/*.timer; do
        # A template is read as its first instance.
        sed "s#/usr/local/lib/kith/#$binaries/#" "$unit" >"$folder/$(basename "${unit/@./@1.}")"
    done
    run systemd-sysusers --dry-run "$PWD/deploy/systemd/kith.sysusers"
    run systemd-analyze verify --man=no --recursive-errors=no "$folder"/*
    for unit in "$folder"/*.service; do
        run systemd-analyze security --offline=true --threshold=15 "$unit" >"$scratch/security"
        tail -n 1 "$scratch/security"
    done
}

check_kubernetes() {
    local overlay manifests=()
    if ! command -v kubectl >/dev/null; then
        echo 'kubectl is not here; the manifests are not put together, and skipped'
        run python deploy/checks/manifests.py
        return
    fi
    for overlay in deploy/kubernetes/overlays/*/; do
        overlay=$(basename "$overlay")
        run kubectl kustomize "deploy/kubernetes/overlays/$overlay" >"$scratch/$overlay.yaml"
        manifests+=("$scratch/$overlay.yaml")
    done
    # Not the overlay for monitoring, whose kinds are the Prometheus operator's.
    run "$scratch/venv/bin/kubernetes-validate" --strict --quiet "$scratch/example.yaml"
    run python deploy/checks/manifests.py "${manifests[@]}"
}

prepare
mapfile -t missing < <(missing_packages)
install_packages "${missing[@]}"
stage 'Tools for the checks'
run /usr/bin/python3 -m venv "$scratch/venv"
run "$scratch/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    --requirement deploy/checks/requirements.txt

stage 'Scripts'
run shellcheck --external-sources deploy/*.sh deploy/systemd/kith .ci/run
stage 'Texts'
run python deploy/checks/texts.py
stage 'kith.toml'
run python deploy/checks/configuration.py "$binaries/api"
stage 'Image and containers'
run "$scratch/venv/bin/hadolint" deploy/Dockerfile
run "$scratch/venv/bin/check-jsonschema" --builtin-schema vendor.compose-spec deploy/compose*.yaml
stage 'Units'
check_units
stage 'Kubernetes'
check_kubernetes
stage 'Alerts'
run python deploy/checks/operator_rules.py
run amtool check-config deploy/prometheus/alertmanager.yml
run promtool check config deploy/prometheus/prometheus.yml
run promtool test rules deploy/prometheus/rules_test.yml
if [[ -z ${KITH_TEST_DATABASE_URL:-} || -z ${KITH_TEST_REDIS_URL:-} ]]; then start_servers; fi
stage 'The proxy, in front of two processes'
run python deploy/checks/proxy.py "$binaries"
stage 'The dashboard, over a real scrape'
export KITH_TEST_BIN=$binaries
run python deploy/checks/dashboard.py

stage ''
printf '\n== deploy/ checked in %d s\n' "$SECONDS"
