import type { ContainerSpecification } from "./engine.ts";

/** Label of everything that belongs to an installation; its value is the installation's process. */
export const OWNER_LABEL = "sluice.owner";

/** Logs in files: what the person has configured for all containers may keep none that can be read back. */
const LOG_DRIVERS: Readonly<Record<string, string>> = { podman: "k8s-file", docker: "json-file" };

/** Variables that the engine's own command reads: a container's must not reach it. */
const OF_THE_COMMAND =
  /^(PATH|HOME|TMPDIR|USER|XDG_.*|CONTAINERS?_.*|REGISTRY_.*|STORAGE_.*|DOCKER_.*|BUILDAH_.*|LD_.*|GO.*|.*_proxy|.*_PROXY)$/;

/** `create` and its arguments, and the environment that the command itself must have for them. */
export interface CreateCommand {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The command that prepares a container, the same for podman and docker.
 *
 * The network is the host's: the agent calls `agent-api` on the loopback interface of this machine, which nothing but
 * the host's own network reaches without opening a port to other machines; actions that run at the same time find each
 * other on 127.0.0.1 as they do with the executor `process`; and it is the one network that podman and docker have
 * alike with and without root, leaving no bridge and no packet filter behind.
 *
 * Values of the environment go over the command's own environment, since every user of the machine can read its
 * arguments, and an attempt's nonce is among them.
 */
export function createCommand(engine: string, owner: string, container: ContainerSpecification): CreateCommand {
  const { environment, entryPoint, command = [] } = container;
  const inherited = Object.fromEntries(Object.entries(environment).filter(([name]) => !OF_THE_COMMAND.test(name)));
  const [program, ...rest] = entryPoint ?? [];
  const option = (name: string, value: string | number | undefined) =>
    value === undefined ? [] : [`--${name}=${value}`];
  return {
    environment: inherited,
    args: [
      "create",
      `--name=${container.name}`,
      `--label=${OWNER_LABEL}=${owner}`,
      // What is not here was pulled before; a name that is not found now must not start a second pull.
      "--pull=never",
      "--network=host",
      ...option("log-driver", LOG_DRIVERS[engine]),
      ...Object.entries(environment).map(([name, value]) =>
        Object.hasOwn(inherited, name) ? `--env=${name}` : `--env=${name}=${value}`,
      ),
      ...container.volumes.map(({ name, path, readOnly }) => `--volume=${name}:${path}${readOnly ? ":ro" : ""}`),
      ...option("user", container.user),
      ...option("workdir", container.workingDirectory),
      ...option("platform", container.platform),
      ...option("memory", container.memoryMb && `${container.memoryMb}m`),
      // Memory is memory: without this, as much again may be swapped out.
      ...option("memory-swap", container.memoryMb && `${container.memoryMb}m`),
      ...option("cpu-shares", container.cpuShares),
      ...(container.readOnlyRoot ? ["--read-only"] : []),
      ...(container.init ? ["--init"] : []),
      ...option("entrypoint", program),
      container.image,
      ...rest,
      ...command,
    ],
  };
}
