#!/usr/bin/env bash
# Installs the peers of `npm run bench:peers` that package registries have, into node_modules/.cache/peers:
# SPIN, a C compiler and GNU time (Debian packages, as root), Stateright (crates.io; needs cargo), Quint (npm).
# TLC is in no registry: give its jar to the benchmark with --tlc.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache="$here/../../node_modules/.cache/peers"
mkdir -p "$cache"

missing=()
for pair in spin:spin gcc:gcc time:time; do
  [ "${pair%%:*}" = time ] && [ -x /usr/bin/time ] && continue
  command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
done
if [ ${#missing[@]} -gt 0 ]; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" libc6-dev
fi

CARGO_TARGET_DIR="$cache/stateright" cargo build --release --locked --manifest-path "$here/stateright/Cargo.toml"

mkdir -p "$cache/quint"
cp "$here/quint/package.json" "$here/quint/package-lock.json" "$cache/quint/"
npm ci --ignore-scripts --prefix "$cache/quint"
