#!/bin/bash
# npm run test:kubernetes: Jobs against an API server that validates bodies by the published OpenAPI schemas and runs
# the pods' containers with podman; driven by the genuine @kubernetes/client-node, by the EKS executor, and by whole runs
# of the examples. Everything listens on free ports of the loopback interface, and ends with this script.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/lanes/podman.sh
bash scripts/lanes/images.sh
export PATH=$PWD/node_modules/.bin:$PATH

exec vitest run --config test/lanes/vitest.config.ts test/lanes/kubernetes "$@"
