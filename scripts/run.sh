#!/usr/bin/env bash
# Installs what is missing, builds Storekeeper, and opens the demo chain. Arguments go to `storekeeper demo`.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin

./scripts/tools.sh
echo "Building Storekeeper (the first time takes some minutes)"
cargo build --release --locked
exec "${CARGO_TARGET_DIR:-target}/release/storekeeper" demo "$@"
