#!/bin/bash
# The two images that the lanes run, built without an image registry:
#
#   localhost/sluice-base:dev    for users' actions: Debian's shell, coreutils and git, and Node from node_modules
#   localhost/sluice-agent:dev   the agent, from cdk/agent-image/Dockerfile on top of the first one
#
# The images that the built-in action types name are stood for by the first one, under their names, so that pipelines run
# unchanged; where the machine has one of them already, it is left as it is.
#
# Debian's packages come by apt-get and are unpacked, nothing is installed; both images are built again only when
# something in them has changed. Prints their sizes.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/podman.sh"

BASE_IMAGE=localhost/sluice-base:dev
AGENT_IMAGE=localhost/sluice-agent:dev
NODE=$SLUICE_ROOT/node_modules/node/bin/node

# What actions of the examples and tests need, and every library of it. Perl is left out: of git's commands, those that
# need it (send-email, add -p) are for people.
PACKAGES=(
  base-files ca-certificates bash dash coreutils libc-bin sed grep mawk findutils diffutils gzip tar zstd git
  libc6 libstdc++6 libgcc-s1 libacl1 libattr1 libgmp10 libselinux1 libpcre2-8-0 libtinfo6 libcurl3-gnutls libexpat1 zlib1g
  libbrotli1 libgnutls30 libgssapi-krb5-2 libidn2-0 libldap-2.5-0 libnettle8 libnghttp2-14 libpsl5 librtmp1 libssh2-1
  libzstd1 libhogweed6 libp11-kit0 libtasn1-6 libunistring2 libcom-err2 libk5crypto3 libkrb5-3 libkrb5support0
  libsasl2-2 libssl3 libffi8 libkeyutils1
)

# Hash of what an image is made of, kept as its label.
built_from() {
  podman image inspect --format '{{index .Labels "sluice.content"}}' "$1" 2>/dev/null || true
}

size_of() {
  podman image inspect --format '{{.Size}}' "$1" | awk '{ printf "%.0f MB", $1 / 1000000 }'
}

build_base() {
  local content
  content=$(cat "${BASH_SOURCE[0]}" "$NODE" | sha256sum | cut -d' ' -f1)
  if [ "$(built_from "$BASE_IMAGE")" = "$content" ]; then return; fi
  local packages=$SLUICE_CACHE/images/packages rootfs
  mkdir -p "$packages"
  rm -f "$packages"/*.deb
  # Downloads may be written by the user _apt, who may not enter every directory; as root that is a mere warning.
  (cd "$packages" && { apt-get -qq download "${PACKAGES[@]}" 2>/dev/null ||
    { apt-get -qq update && apt-get -qq download "${PACKAGES[@]}"; }; })
  rootfs=$(mktemp -d "$SLUICE_CACHE/images/rootfs.XXXXXX")
  mkdir -p "$rootfs"/usr/{bin,sbin,lib,lib64,local/bin} "$rootfs"/{etc,tmp,root,proc,sys,dev}
  local directory deb
  for directory in bin sbin lib lib64; do ln -s "usr/$directory" "$rootfs/$directory"; done
  for deb in "$packages"/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink --exclude='./usr/share/doc/*' \
      --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' --exclude='./usr/share/info/*' -C "$rootfs"
  done
  ln -sf dash "$rootfs/bin/sh"
  ln -sf mawk "$rootfs/usr/bin/awk"
  chmod 1777 "$rootfs/tmp"
  printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n' >"$rootfs/etc/passwd"
  printf 'root:x:0:\nnogroup:x:65534:\n' >"$rootfs/etc/group"
  # What the package's script does at installation.
  cat "$rootfs"/usr/share/ca-certificates/mozilla/*.crt >"$rootfs/etc/ssl/certs/ca-certificates.crt"
  cp "$NODE" "$rootfs/usr/local/bin/node"
  tar -C "$rootfs" -c . | podman import --quiet --change 'CMD ["/bin/bash"]' \
    --change 'ENV PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' --change "LABEL sluice.content=$content" - "$BASE_IMAGE" >/dev/null
  rm -rf "$rootfs"
}

build_agent() {
  local context content
  context=$(mktemp -d "$SLUICE_CACHE/images/agent.XXXXXX")
  "$NODE" "$SLUICE_ROOT/scripts/bundle.mjs" "$context" agent-image
  content=$({ cat "$context"/agent-image/* && built_from "$BASE_IMAGE"; } | sha256sum | cut -d' ' -f1)
  if [ "$(built_from "$AGENT_IMAGE")" != "$content" ]; then
    # No network: everything is there. No layers: they would be kept without a name.
    podman build --quiet --network=none --layers=false --build-arg "BASE_IMAGE=$BASE_IMAGE" \
      --label "sluice.content=$content" --tag "$AGENT_IMAGE" "$context/agent-image" >/dev/null
  fi
  rm -rf "$context"
}

stand_in() {
  local image
  for image in $(sed -n 's/^image: *//p' "$SLUICE_ROOT"/actions/catalog/*/action.yaml | sort -u); do
    if podman image exists "$image" && [ -z "$(built_from "$image")" ]; then
      echo "$image is here already and is used as it is" >&2
    else
      podman tag "$BASE_IMAGE" "$image"
    fi
  done
}

build_images() {
  mkdir -p "$SLUICE_CACHE/images"
  build_base
  build_agent
  stand_in
}

with_lock images build_images
echo "$BASE_IMAGE $(size_of "$BASE_IMAGE"), $AGENT_IMAGE $(size_of "$AGENT_IMAGE")" >&2
