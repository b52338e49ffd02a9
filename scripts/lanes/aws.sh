#!/bin/bash
# npm run test:aws: the examples on a real account, deployed as a stack of its own that is destroyed at the end.
# It costs some cents, takes some minutes, and is no part of .ci/run. Credentials and region are the usual ones of AWS.
# With AWS_ENDPOINT_URL it runs against whatever answers there (docs/localstack.md).
set -euo pipefail
cd "$(dirname "$0")/../.."
export PATH=$PWD/node_modules/.bin:$PATH

if ! identity=$(node test/lanes/aws/who-am-i.mjs 2>&1); then
  echo "$identity" >&2
  echo "No credentials of AWS work here. Sign in (aws sso login), or set AWS_PROFILE or AWS_ACCESS_KEY_ID and" >&2
  echo "AWS_SECRET_ACCESS_KEY, and AWS_REGION; the account must have been bootstrapped once: npx cdk bootstrap." >&2
  exit 1
fi
echo "As $identity"
exec vitest run --config test/lanes/vitest.config.ts "${@:-test/lanes/aws}"
