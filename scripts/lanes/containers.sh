#!/bin/bash
# npm run test:containers: the examples in containers of podman, through `sluice run --containers`, compared with the same
# in processes; how actions fail there, what is left of them, and what user code reaches. Arguments are vitest's own.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/lanes/podman.sh
bash scripts/lanes/images.sh
export PATH=$PWD/node_modules/.bin:$PATH

exec vitest run --config test/lanes/vitest.config.ts test/lanes/containers "$@"
