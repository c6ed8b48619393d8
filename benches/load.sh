#!/usr/bin/env bash
# How many pages of advice a second the server gives, and how long each takes, over loopback. The program that asks takes its share of the
# same processors. It needs curl and wrk (Debian: apt-get install curl wrk). Use: benches/load.sh [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-10}
for tool in curl wrk; do
  command -v "$tool" >/dev/null || { echo "load.sh: $tool is missing (apt-get install $tool)" >&2; exit 2; }
done

cargo build --release --locked -q -p sarcoguide-cli
folder=$(mktemp -d)
"${CARGO_TARGET_DIR:-target}/release/sarcoguide" serve --addr 127.0.0.1:0 >"$folder/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; rm -rf "$folder"' EXIT
for _ in $(seq 100); do
  site=$(grep -o 'http://[0-9.:]*' "$folder/log" || true)
  [ -n "$site" ] && break
  sleep 0.05
done

for case in newly_found_large_high_grade_thigh.json lung_metastases_few.json; do
  curl -s -c "$folder/jar" -o /dev/null -F "file=@examples/$case" "$site/open"
  cookie=$(awk '$6 ~ "^case" { print $6 "=" $7 }' "$folder/jar")
  for encoding in identity gzip; do
    bytes=$(curl -s -H "Cookie: $cookie" -H "Accept-Encoding: $encoding" "$site/options" | wc -c)
    for connections in 1 8; do
      echo "== /options for $case, $encoding ($bytes bytes), $connections at a time"
      wrk --threads 1 --connections "$connections" --duration "${seconds}s" --latency \
        --header "Cookie: $cookie" --header "Accept-Encoding: $encoding" "$site/options" |
        grep -E '^ +(50%|99%)|Requests/sec|Non-2xx'
    done
  done
done
echo "== search"
curl -s -o /dev/null -w '%{time_total} s\n' "$site/search?q=pazopanb"
wrk --threads 1 --connections 1 --duration "${seconds}s" --latency "$site/search?q=radation+surgry" | grep -E '^ +(50%|99%)|Requests/sec|Non-2xx'
