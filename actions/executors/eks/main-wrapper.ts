import { EXCHANGE } from "../../../agent/protocol.ts";
import { MAIN_WRAPPER, SHARED_ROOT } from "../ecs/main-wrapper.ts";

/** Stands in the shared volume once `main` has begun. */
const BEGUN = "main-has-begun";

/**
 * What the container `main` of a pod runs: the wrapper that every container kind has, and around it what comes of being
 * a native sidecar (`job.ts` says why it is one):
 *
 * - A sidecar that exits is started again until the pod's own containers have ended. So it does not exit by itself, and
 *   one that was killed (out of memory) does not run the scripts a second time: it opens and closes the pipe, which
 *   tells an agent that still waits for the scripts' first word that there will be none.
 * - When the agent has ended, the kubelet sends SIGTERM, which process 1 gets only where it has a handler.
 */
export const EKS_MAIN_WRAPPER = `trap 'exit 143' TERM
cd ${SHARED_ROOT} || exit 70
if [ -e ${BEGUN} ]; then
  until [ -e ${EXCHANGE.ready} ]; do sleep 1; done
  : <>${EXCHANGE.output}
else
  : >${BEGUN}
${MAIN_WRAPPER.trimEnd()}
fi
trap 'exit 143' TERM
while :; do sleep 1; done
`;
