import { EXCHANGE } from "../../../agent/protocol.ts";

/** Where the volume that `agent` and `main` share is mounted in both. */
export const SHARED_ROOT = "/sluice";

/** Exit code of the wrapper when it is not the first process of its container. */
const NOT_ALONE = 70;

/**
 * What the container `main` runs instead of its image's own entry point, with `/bin/sh -c` (an image without a POSIX
 * shell cannot be used):
 *
 * 1. waits until the agent has laid everything out, or until the task is stopped (process 1 ignores a signal that it
 *    does not catch);
 * 2. says that it begins, which is when the action's running time begins to count;
 * 3. runs the agent's entry script, its output going through a named pipe to the agent, which masks it;
 * 4. passes signals on that the agent sends through a second pipe. As process 1 of a PID namespace of its own it
 *    reaches with `kill -1` everything that the scripts have started, whatever group or session that is in, and
 *    nothing else. Anywhere else `kill -1` would end strangers, so it refuses to start unless it is process 1
 *    (`initProcessEnabled` and `pidMode: task` must stay off). When the agent is gone, its end of that pipe is closed,
 *    and everything is killed: nobody would hear of its end any more;
 * 5. kills what is left, and leaves the exit code behind. Where the wrapper itself is killed (out of memory) there is
 *    none, the pipe closes with the container, and the agent reports 137 or what the task's metadata says.
 */
export const MAIN_WRAPPER = `[ "$$" -eq 1 ] || { echo "sluice: must be process 1 of its container" >&2; exit ${NOT_ALONE}; }
cd ${SHARED_ROOT} || exit ${NOT_ALONE}
trap 'exit 143' TERM
until [ -e ${EXCHANGE.ready} ]; do sleep 1; done
trap - TERM
{ while read -r signal; do kill -s "$signal" -- -1; done <${EXCHANGE.control}; kill -s KILL -- -1; } &
: >${EXCHANGE.begun}
sh ${EXCHANGE.entry} </dev/null >${EXCHANGE.output} 2>&1
code=$?
kill -s KILL -- -1 2>/dev/null
echo "$code" >${EXCHANGE.exit}
`;
