#!/usr/bin/env bash
# Installs what building and running Storekeeper needs and this machine lacks: a C compiler (for one of the
# libraries) and a database server. Rust itself is taken as given.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/apt.sh"

if ! command -v cargo >/dev/null; then
  echo "Rust is missing: install it from https://rustup.rs and try again." >&2
  exit 1
fi
if ! command -v cc >/dev/null; then
  if ! command -v apt-get >/dev/null || ! install_packages gcc libc6-dev; then
    echo "A C compiler is missing: install your system's package of gcc (on Debian: gcc libc6-dev) and try again." >&2
    exit 1
  fi
fi
"$here/server.sh"
