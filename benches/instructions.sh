#!/usr/bin/env bash
# How many instructions a page of advice takes, the same on a quick machine and on a slow one: of 120 pages less those of 20, so that the
# start is not counted. It needs curl and valgrind (Debian: apt-get install curl valgrind). Use: benches/instructions.sh [PROGRAM]
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in curl valgrind; do
  command -v "$tool" >/dev/null || { echo "instructions.sh: $tool is missing (apt-get install $tool)" >&2; exit 2; }
done
program=${1:-}
if [ -z "$program" ]; then
  cargo build --release --locked -q -p sarcoguide-cli
  program=${CARGO_TARGET_DIR:-target}/release/sarcoguide
fi
folder=$(mktemp -d)
server=
trap 'kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT

# Instructions of a server that gives $1 pages of the case $2.
counted() {
  rm -f "$folder"/*
  valgrind --tool=callgrind --callgrind-out-file=/dev/null --log-file="$folder/counts" "$program" serve --addr 127.0.0.1:0 >"$folder/log" 2>&1 &
  server=$!
  site=
  for _ in $(seq 600); do
    site=$(grep -o 'http://[0-9.:]*' "$folder/log" || true)
    [ -n "$site" ] && break
    sleep 0.1
  done
  curl -s -c "$folder/jar" -o /dev/null -F "file=@examples/$2" "$site/open"
  cookie=$(awk '$6 ~ "^case" { print $6 "=" $7 }' "$folder/jar")
  curl -sf -o /dev/null -H "Cookie: $cookie" "$site/options?[1-$1]"
  kill "$server"
  wait "$server" || true
  sed -n 's/.*Collected : //p' "$folder/counts"
}

for case in newly_found_large_high_grade_thigh.json lung_metastases_few.json; do
  few=$(counted 20 "$case")
  many=$(counted 120 "$case")
  echo "/options for $case: $(((many - few) / 100)) instructions"
done
