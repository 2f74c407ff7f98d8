#!/usr/bin/env bash
# Installs three servers that others wrote, to load from in the tests: json-server (npm), datasette and FastAPI with
# uvicorn (PyPI), into the user's cache; nothing is installed for the system but node, npm and python3-venv where they
# are missing. Prints the folder.
# Exit 3: they can not be had here (the reason is on stderr).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/apt.sh"

home=${XDG_CACHE_HOME:-$HOME/.cache}/storekeeper/api-servers
json_server=0.17.4 datasette=0.65.1 fastapi=0.121.0 uvicorn=0.38.0

not_here() { echo "api_servers.sh: $1; the tests of real servers are skipped" >&2; exit 3; }

mkdir -p "$home"
# Several tests may ask at once.
exec 9>"$home/lock"
flock 9

if [ ! -x "$home/node_modules/.bin/json-server" ]; then
  if ! command -v npm >/dev/null; then
    command -v apt-get >/dev/null && install_packages nodejs npm >&2 || not_here "node and npm are missing"
  fi
  echo "api_servers.sh: installing json-server $json_server into $home" >&2
  npm install --silent --no-fund --no-audit --prefix "$home" "json-server@$json_server" >&2 || not_here "npm failed"
fi
if [ ! -x "$home/venv/bin/datasette" ] || [ ! -x "$home/venv/bin/uvicorn" ]; then
  if ! command -v python3 >/dev/null || ! python3 -c 'import ensurepip' 2>/dev/null; then
    command -v apt-get >/dev/null && install_packages python3 python3-venv >&2 || not_here "python3-venv is missing"
  fi
  echo "api_servers.sh: installing datasette $datasette and fastapi $fastapi into $home" >&2
  python3 -m venv "$home/venv" >&2 || not_here "no Python environment can be made"
  "$home/venv/bin/pip" install --quiet --disable-pip-version-check \
    "datasette==$datasette" "fastapi==$fastapi" "uvicorn==$uvicorn" setuptools requests >&2 || not_here "pip failed"
fi
echo "$home"
