#!/bin/sh
# Checks a summary with Debian's PDF tools: the file is valid and tagged, has a title and one to three pages, and its text can be extracted.
# Usage: crates/document/check.sh FILE.pdf   (apt-get install qpdf poppler-utils)
set -eu
qpdf --check "$1" >/dev/null
info=$(pdfinfo "$1" 2>/dev/null)
echo "$info" | grep -q '^Title: *[^ ]'
echo "$info" | grep -q '^Tagged: *yes'
echo "$info" | grep -q '^Pages: *[123]$'
words=$(pdftotext "$1" - 2>/dev/null | wc -w)
test "$words" -gt 50
echo "$1: valid, tagged, $words words"
