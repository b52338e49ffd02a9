#!/bin/bash
# npm run test:moto: the compiled machines with our handlers on moto's engine, and the records on moto's DynamoDB.
# Installs moto in a virtual environment below .cache/. Everything listens on free ports of the loopback interface, and
# ends with this script.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/lanes/python.sh
export PATH=$PWD/node_modules/.bin:$PATH

SLUICE_LANE_PYTHON=$(python_venv moto test/lanes/moto/requirements.txt)/bin/python
export SLUICE_LANE_PYTHON
exec vitest run --config test/lanes/vitest.config.ts "${@:-test/lanes/moto}"
