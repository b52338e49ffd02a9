#!/bin/bash
# npm run test:ministack: `cdk bootstrap` and `cdk deploy` of the whole stack into MiniStack, and runs on it, their actions
# in containers of podman. Installs MiniStack in a virtual environment below .cache/, podman, and the two images.
# Everything listens on free ports of the loopback interface, and ends with this script; so do the containers.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PATH=$PWD/node_modules/.bin:$PATH
. scripts/lanes/python.sh
. scripts/lanes/podman.sh

SLUICE_LANE_PYTHON=$(python_venv ministack test/lanes/ministack/requirements.txt)/bin/python
export SLUICE_LANE_PYTHON
bash scripts/lanes/images.sh

# The images that action types name come from a registry, which is not reached here.
sed -n 's/^image: *//p' actions/catalog/*/action.yaml | sort -u | xargs -n 1 podman tag localhost/sluice-base:dev

# MiniStack's containers and volumes, whatever ended it. They bear its name, and this run's are those that were not there.
containers() { podman ps --all --quiet --filter label=ministack=ecs | sort; }
volumes() { podman volume ls --quiet --filter name=ministack-ecs- | sort; }
containers_before=$(containers)
volumes_before=$(volumes)
clean_up() {
  comm -13 <(echo "$containers_before") <(containers) | xargs --no-run-if-empty podman rm --force --time 0 >/dev/null
  comm -13 <(echo "$volumes_before") <(volumes) | xargs --no-run-if-empty podman volume rm --force >/dev/null
}
trap clean_up EXIT

podman_service_start
vitest run --config test/lanes/vitest.config.ts "${@:-test/lanes/ministack}"
