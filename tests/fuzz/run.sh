#!/usr/bin/env bash
# Usage: run.sh SECONDS [TARGET…]. Runs each fuzz target (default: all) for SECONDS.
# Needs cargo-fuzz: cargo install cargo-fuzz
#
# The crate has no unsafe code, so no sanitizer is used, which is about ten times faster. An input of up to 64 KiB that
# needs more than 2 s or 1 GiB counts as a crash; on a busy machine, set TIMEOUT=20. The seeds are the articles, feeds
# and rule pages of the repository. Inputs that crash are saved in artifacts/TARGET: reduce them (cargo fuzz tmin) and
# add them as cases to tests/data.
set -euo pipefail
cd "$(dirname "$0")"
seconds=$1
shift
targets=("$@")
[ $# -gt 0 ] || mapfile -t targets < <(basename -s .rs targets/*.rs)
export RUSTC_BOOTSTRAP=1 # the coverage counters of libFuzzer need an unstable compiler flag

seeds=target/seeds
rm -rf "$seeds"
mkdir -p "$seeds"/{articles,feeds,lines,ledger,config}
find ../../input ../data/{front_matter,markdown,page,plain_text,extract,sanitize} -type f -size -64k | while read -r file; do
  cp "$file" "$seeds/articles/$(sha1sum "$file" | cut -c1-16)"
done
cp ../../feeds/* "$seeds/feeds"
# Each example of a rule page is a feed, or a fragment of one.
for page in ../../src/check/rules/*/*.md ../../src/check/rules/*.md; do
  [ -f "$page" ] && awk -v to="$seeds/feeds/$(basename "$page" .md)" \
    '/^```/ {n += !inside; inside = !inside; next} inside {print > (to "-" n)}' "$page"
done
# Each cell of the case tables: dates and addresses.
cat ../data/dates/*.tsv ../data/extract/*/* 2>/dev/null | tr '\t' '\n' | awk 'length && length < 200' | sort -u |
  split -l 1 -a 5 - "$seeds/lines/"
cp ../../feedwright.ledger "$seeds/ledger"
cp ../../feedwright.yaml "$seeds/config"

for target in "${targets[@]}"; do
  case $target in
    check_reader) from=feeds ;;
    check_date | check_address | date) from=lines ;;
    ledger | config) from=$target ;;
    *) from=articles ;;
  esac
  mkdir -p "corpus/$target"
  cargo fuzz run --fuzz-dir . --sanitizer none "$target" "corpus/$target" "$seeds/$from" -- \
    -max_total_time="$seconds" -max_len=65536 -timeout="${TIMEOUT:-2}" -rss_limit_mb=1024 -print_final_stats=1 -verbosity=0
done
