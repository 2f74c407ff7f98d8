# Sourced by the other scripts: installing packages on Debian and Ubuntu.

# Prints how to become root without being asked: nothing as root, `sudo -n`, or fails where neither works.
root_prefix() {
  if [ "$(id -u)" = 0 ]; then
    return 0
  fi
  command -v sudo >/dev/null && sudo -n true 2>/dev/null && echo "sudo -n"
}

# install_packages NAME...: with root's rights; refreshes the lists only where they are missing or stale.
install_packages() {
  local prefix
  prefix=$(root_prefix) || return 1
  echo "Installing $* (apt-get)"
  local install=(apt-get install -y -qq --no-install-recommends "$@")
  if ! apt-cache show "$@" >/dev/null 2>&1; then
    $prefix apt-get update -qq
  fi
  $prefix env DEBIAN_FRONTEND=noninteractive "${install[@]}" >/dev/null && return 0
  $prefix apt-get update -qq
  $prefix env DEBIAN_FRONTEND=noninteractive "${install[@]}" >/dev/null
}
