#!/usr/bin/env bash
# The web guide in a real browser: builds the command (or takes the one in $SARCOGUIDE), serves the guide on a free port, runs the tests,
# two files at a time. `run.sh FILE.test.mjs` runs one file.
# Needs node, npm, chromium and pdftotext (Debian: nodejs npm chromium poppler-utils). Screenshots are left in artifacts/.
set -euo pipefail
cd "$(dirname "$0")"
for tool in node npm chromium pdftotext; do
  command -v "$tool" >/dev/null || { echo "browser tests: $tool is missing" >&2; exit 2; }
done
[ -d node_modules ] || npm ci --no-audit --no-fund
if [ -z "${SARCOGUIDE:-}" ]; then
  cargo build --release --locked -q -p sarcoguide-cli
  SARCOGUIDE="${CARGO_TARGET_DIR:-../../target}/release/sarcoguide"
fi
log=$(mktemp)
"$SARCOGUIDE" serve --addr 127.0.0.1:0 >"$log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -f "$log"' EXIT
for _ in $(seq 100); do
  SITE=$(grep -o 'http://[0-9.:]*' "$log" || true)
  [ -n "$SITE" ] && break
  sleep 0.1
done
[ -n "$SITE" ] || { echo "browser tests: the server did not start" >&2; cat "$log" >&2; exit 1; }
export SITE SARCOGUIDE CHROMIUM="${CHROMIUM:-$(command -v chromium)}"
node --test --test-concurrency=2 "$@"
