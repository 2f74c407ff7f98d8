#!/usr/bin/env bash
# Installs a database server program for Storekeeper's private database, where there is none.
#
# With root or sudo: the packages mariadb-server-core and mariadb-client-core, which start nothing by themselves.
# Without: the same packages, unpacked into the user's cache, where Storekeeper looks too.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/apt.sh"

packages=(mariadb-server-core mariadb-client-core)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/storekeeper/server

# Whether one is where Storekeeper looks. (`command -v` would also take a file that can not be run.)
find_server() {
  local folder
  while read -r -d : folder; do
    if [ -x "$folder/mariadbd" ] || [ -x "$folder/mysqld" ]; then
      return 0
    fi
  done <<<"$PATH:/usr/sbin:/usr/libexec:/usr/local/sbin:$cache/bin:"
  return 1
}

say_what_to_install() {
  echo "server.sh: no database server program here, and no apt-get to install one with." >&2
  echo "Install your system's package of the MariaDB server (dnf, zypper: mariadb-server; pacman, apk, brew: mariadb)." >&2
  exit 1
}

unpack_into_cache() {
  echo "No root here: unpacking MariaDB into $cache (about 70 MB, once)"
  local work=$cache/work root=$cache/root
  rm -rf "$work" "$root" "$cache/bin"
  mkdir -p "$work"/{lists/partial,cache/archives/partial,debs} "$root" "$cache/bin"
  # The system's sources with lists of our own, for the system's may be missing and only root can fetch them; without
  # the hooks that some images run after an update, which are for root too.
  cat >"$work/apt.conf" <<CONF
Dir::State::lists "$work/lists";
Dir::Cache "$work/cache";
APT::Sandbox::User "";
Debug::NoLocking "1";
#clear APT::Update::Post-Invoke;
#clear DPkg::Post-Invoke;
CONF
  local own=(-c "$work/apt.conf")
  apt-get "${own[@]}" update -qq
  local wanted
  wanted=$(apt-get "${own[@]}" install -s --no-install-recommends "${packages[@]}" | awk '/^Inst / { print $2 }')
  (cd "$work/debs" && apt-get "${own[@]}" download -qq $wanted)
  for package in "$work"/debs/*.deb; do dpkg -x "$package" "$root"; done
  rm -rf "$work"
  write_wrappers "$root" "$cache/bin"
  "$cache/bin/mariadbd" --no-defaults --version
}

# write_wrappers ROOT BIN: the unpacked programs need to be told where their libraries and messages are.
write_wrappers() {
  local root=$1 bin=$2 libraries
  libraries=$(find "$root" -name '*.so.*' -printf '%h\n' | sort -u | paste -sd:)
  cat >"$bin/mariadb-install-db" <<WRAPPER
#!/bin/sh
export LD_LIBRARY_PATH="$libraries"
exec "$root/usr/bin/mariadb-install-db" "\$@" --basedir="$root/usr"
WRAPPER
  # Last, for it is what a later run looks for.
  cat >"$bin/mariadbd.new" <<WRAPPER
#!/bin/sh
export LD_LIBRARY_PATH="$libraries"
exec "$root/usr/sbin/mariadbd" "\$@" --basedir="$root/usr" --lc-messages-dir="$root/usr/share/mysql" \\
  --character-sets-dir="$root/usr/share/mysql/charsets" --plugin-dir="$root/usr/lib/mysql/plugin"
WRAPPER
  chmod +x "$bin"/*
  mv "$bin/mariadbd.new" "$bin/mariadbd"
}

if find_server; then
  exit 0
fi
command -v apt-get >/dev/null || say_what_to_install
if root_prefix >/dev/null; then
  install_packages "${packages[@]}"
else
  unpack_into_cache
fi
