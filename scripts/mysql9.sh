#!/usr/bin/env bash
# Gets a MySQL 9 server to test against, beside whatever the system has, and prints the path of its `mysqld`.
#
# Debian stable has no MySQL, so the server and its libraries are fetched once from Debian unstable into the
# user's cache and run by their own loader: nothing is installed and no root is needed.
# Exit 3: MySQL 9 can not be had this way here (the reason is on stderr).
set -euo pipefail

home=${XDG_CACHE_HOME:-$HOME/.cache}/storekeeper/mysql9
root=$home/root
wrapper=$home/bin/mysqld

if [ -x "$wrapper" ] && "$wrapper" --no-defaults --version >/dev/null 2>&1; then
  echo "$wrapper"
  exit 0
fi

not_here() { echo "mysql9.sh: $1; MySQL 9 is skipped" >&2; exit 3; }

system=$(. /etc/os-release 2>/dev/null && echo "${ID:-unknown}") || system=unknown
[ "$system" = debian ] || not_here "the packages come from Debian unstable, and this system is $system"
command -v apt-get >/dev/null || not_here "apt-get is missing"

# The mirror this machine already uses; a fresh image has none until its first update.
mirror() {
  apt-get "$@" indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Label: Debian' | sort -u | head -n 1
}
from=$(mirror)
if [ -z "$from" ] && [ "$(id -u)" = 0 ]; then
  apt-get -qq update >&2
  from=$(mirror)
fi
[ -n "$from" ] || not_here "no Debian mirror is known: run 'apt-get update' as root first"

echo "mysql9.sh: fetching MySQL from Debian unstable into $home (about 270 MB, once)" >&2
rm -rf "$root" "$home/apt"
mkdir -p "$root" "$home/bin" "$home"/apt/{etc/apt.conf.d,etc/preferences.d,state/lists/partial,cache/archives/partial}
: >"$home/apt/state/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $from sid main" >"$home/apt/etc/sources.list"
apart=(
  -o Dir::Etc="$home/apt/etc" -o Dir::Etc::sourcelist="$home/apt/etc/sources.list" -o Dir::Etc::sourceparts=/dev/null
  -o Dir::State="$home/apt/state" -o Dir::State::status="$home/apt/state/status" -o Dir::Cache="$home/apt/cache"
  -o APT::Install-Recommends=false -o APT::Sandbox::User="" -o Debug::NoLocking=1
)
apt-get "${apart[@]}" -qq update >&2

# An empty status file makes apt list the whole closure; what follows is the part a running server never loads.
unused='^(perl.*|libperl.*|debconf|dpkg|coreutils|bash|tar|apt|systemd.*|adduser|passwd|mawk|gawk|sed|grep|findutils|login.*|util-linux|sysvinit.*|init.*|e2fsprogs|bsdutils|diffutils|gzip|hostname|mount|ncurses.*|base-.*|krb5-locales|openssl|publicsuffix|libc-bin|locales.*|media-types|netbase|tzdata.*|psmisc)$'
cd "$home/apt/cache/archives"
apt-get "${apart[@]}" install -y --print-uris mysql-server-core \
  | awk -F"'" '/^.http/ { print $2 }' \
  | sed 's#.*/##; s#_.*##; s#%2b#+#g' | sort -u | grep -vE "$unused" >"$home/apt/wanted"
xargs apt-get "${apart[@]}" -qq download <"$home/apt/wanted" >&2
for package in *.deb; do dpkg -x "$package" "$root"; done
cd "$home"
rm -rf "$home/apt"

loader=$(find "$root"/usr/lib/*-linux-gnu* -maxdepth 1 -name 'ld-linux*.so.*' | head -n 1)
[ -n "$loader" ] || not_here "the fetched packages have no loader for this machine"
cat >"$wrapper" <<WRAPPER
#!/bin/sh
exec "$loader" --library-path "$(dirname "$loader")" "$root/usr/sbin/mysqld" "\$@" \\
  --basedir="$root/usr" --lc-messages-dir="$root/usr/share/mysql" \\
  --character-sets-dir="$root/usr/share/mysql/charsets" --plugin-dir="$root/usr/lib/mysql/plugin"
WRAPPER
chmod +x "$wrapper"
"$wrapper" --no-defaults --version >&2
echo "$wrapper"
