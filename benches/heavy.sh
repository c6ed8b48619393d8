#!/usr/bin/env bash
# How long a page takes while 32 clients ask for a file that takes long to make, over loopback. The programs that ask take their share of the
# same processors. It needs wrk (Debian: apt-get install wrk). Use: benches/heavy.sh [SECONDS [PROGRAM]]
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-10}
command -v wrk >/dev/null || { echo "heavy.sh: wrk is missing (apt-get install wrk)" >&2; exit 2; }
program=${2:-}
if [ -z "$program" ]; then
  cargo build --release --locked -q -p sarcoguide-cli
  program=${CARGO_TARGET_DIR:-target}/release/sarcoguide
fi
folder=$(mktemp -d)
"$program" serve --addr 127.0.0.1:0 >"$folder/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; rm -rf "$folder"' EXIT
for _ in $(seq 100); do
  site=$(grep -o 'http://[0-9.:]*' "$folder/log" || true)
  [ -n "$site" ] && break
  sleep 0.05
done

for file in options.json options.md summary.pdf; do
  wrk --threads 1 --connections 32 --duration "$((seconds + 2))s" "$site/take/$file" >"$folder/$file" &
  heavy=$!
  sleep 1
  echo "== /guide while 32 clients ask for /take/$file"
  wrk --threads 1 --connections 1 --duration "${seconds}s" --latency "$site/guide" | grep -E '^ +(50%|99%)'
  wait "$heavy"
  # A file that is refused (503, come back later) counts as one that is not 2xx.
  grep -E 'Requests/sec|Non-2xx' "$folder/$file" || true
done
