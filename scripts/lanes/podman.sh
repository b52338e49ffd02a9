#!/bin/bash
# Containers on a machine that nobody prepared: installs podman and runc where they are missing, and writes a
# configuration with which they run as root, also where root lacks CAP_SYS_RESOURCE or cgroups are of both versions.
#
#   . scripts/lanes/podman.sh       exports CONTAINERS_CONF; podman works from here on
#   podman_service_start            starts a Docker-compatible API, exports DOCKER_HOST; ends with the calling script
#   bash scripts/lanes/podman.sh    the same as a check: prints what is there
#
# Nothing but apt-get is asked for anything, and what cannot be installed is an error.

SLUICE_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
SLUICE_CACHE=$SLUICE_ROOT/.cache

# Several lanes may start at once; the first one installs.
with_lock() {
  local name=$1
  shift
  mkdir -p "$SLUICE_CACHE"
  (
    flock 9
    "$@"
  ) 9>"$SLUICE_CACHE/$name.lock"
}

install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query --show --showformat='${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ]; then
    echo "Not installed: ${missing[*]}. Install them, or run this as root." >&2
    return 1
  fi
  echo "Installing ${missing[*]}" >&2
  local apt=(apt-get -qq -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends "${missing[@]}")
  DEBIAN_FRONTEND=noninteractive "${apt[@]}" >/dev/null 2>&1 ||
    { apt-get -qq update >&2 && DEBIAN_FRONTEND=noninteractive "${apt[@]}" >/dev/null; }
}

write_containers_conf() {
  local conf=$SLUICE_CACHE/podman/containers.conf
  mkdir -p "$(dirname "$conf")"
  # A limit above the one of the calling process takes CAP_SYS_RESOURCE; crun refuses a machine with cgroups of both
  # versions; without systemd there is neither its cgroup manager nor its journal.
  cat >"$conf.new" <<'CONF'
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
log_driver = "k8s-file"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
CONF
  mv "$conf.new" "$conf"
}

# A Docker-compatible API for whoever wants a socket. It ends when the calling shell does, whatever ended that.
podman_service_start() {
  local directory owner=$$
  directory=$(mktemp -d "${TMPDIR:-/tmp}/sluice-podman.XXXXXX")
  local socket=$directory/docker.sock
  (
    trap '' INT
    podman system service --time=0 "unix://$socket" 2>"$directory/log" &
    service=$!
    while kill -0 "$owner" 2>/dev/null && kill -0 "$service" 2>/dev/null; do sleep 0.5; done
    kill "$service" 2>/dev/null
    wait "$service" 2>/dev/null
    rm -rf "$directory"
  ) </dev/null >/dev/null 2>&1 &
  disown
  local waited
  for ((waited = 0; waited < 100; waited++)); do
    if [ -S "$socket" ]; then
      export DOCKER_HOST=unix://$socket
      return
    fi
    sleep 0.1
  done
  echo "podman system service did not start: $(cat "$directory/log")" >&2
  return 1
}

with_lock podman install_packages podman runc || return 1 2>/dev/null || exit 1
with_lock podman write_containers_conf
export CONTAINERS_CONF=$SLUICE_CACHE/podman/containers.conf

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  podman --version
  podman info --format 'runtime {{.Host.OCIRuntime.Name}}, storage {{.Store.GraphDriverName}}, configured by '"$CONTAINERS_CONF"
fi
