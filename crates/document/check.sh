#!/bin/sh
# Asks Debian's PDF tools about a summary: sound, tagged, titled, one to three pages, its words extractable.
# Usage: crates/document/check.sh FILE.pdf   (apt-get install qpdf poppler-utils)
set -eu
qpdf --check "$1" >/dev/null
told=$(pdfinfo "$1" 2>/dev/null)
echo "$told" | grep -q '^Title: *[^ ]'
echo "$told" | grep -q '^Tagged: *yes'
echo "$told" | grep -q '^Pages: *[123]$'
words=$(pdftotext "$1" - 2>/dev/null | wc -w)
test "$words" -gt 50
echo "$1: sound, tagged, $words words"
