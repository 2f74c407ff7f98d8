#!/usr/bin/env bash
# Installs what is missing and runs every test: all of them on the server program at hand, and those that use a
# database once more on MySQL 9.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin

./scripts/tools.sh
# Readers and makers of codes that know nothing of this program: zbarimg and oathtool.
. ./scripts/apt.sh
if ! command -v zbarimg >/dev/null || ! command -v oathtool >/dev/null; then
  install_packages zbar-tools oathtool ||
    echo "zbar-tools and oathtool can not be installed without root: the test of the first day will say that it was not run"
fi
# Readers of PDF: pdftotext and its kin, and qpdf.
if ! command -v pdftotext >/dev/null || ! command -v qpdf >/dev/null; then
  install_packages poppler-utils qpdf ||
    echo "poppler-utils and qpdf can not be installed without root: the tests of reports will say that they were not run"
fi
# Servers that others wrote, to load from; the tests say so themselves where they can not be had.
./scripts/api_servers.sh >/dev/null || [ $? = 3 ]
# Made-up cases are the same in every run of this script, and others in each plain `cargo test`.
export PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-20260131}
echo "== tests"
# Half of a test's time it waits, for a server or for a terminal: more of them at once than there are cores.
export RUST_TEST_THREADS=${RUST_TEST_THREADS:-$(($(nproc) * 2))}
cargo test --locked --no-fail-fast

echo "== tests on MySQL 9"
if mysqld=$(./scripts/mysql9.sh); then
  # What has no database has nothing more to say, nor has what meets it through the same services: screens, terminal,
  # commands, other systems' servers. How long a refusal takes is a matter of hashes, not of the server.
  without=" api canary cli desk e2e floors gallery hostile identity_screens loads record_screens screens settings telemetry "
  programs=()
  for file in tests/*.rs tests/*/main.rs; do
    name=${file#tests/} name=${name%/main.rs} name=${name%.rs}
    [[ $without == *" $name "* ]] || programs+=(--test "$name")
  done
  STOREKEEPER_TEST_SERVER_PROGRAM=$mysqld STOREKEEPER__SERVER__PROGRAM=$mysqld cargo test --locked --no-fail-fast "${programs[@]}" -- --skip timing::
else
  # 3 says that it can not be had here; anything else is a failure.
  [ $? = 3 ] || exit 1
  echo "== MySQL 9 can not be had on this system (see above): its tests were NOT run"
fi
