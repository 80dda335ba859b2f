#!/usr/bin/env bash
# Whether a process of Kith is ready: `health.sh 8000` asks its `/readyz` on this port of the loopback. For containers, which have
# no curl; bash alone does it.
set -euo pipefail

exec 3<>"/dev/tcp/127.0.0.1/$1"
printf 'GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
read -r -t 4 _ status _ <&3
[[ $status == 200 ]]
