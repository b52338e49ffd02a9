import type { OptionSyntax } from "./options.ts";

/** A command that runs the command which its arguments name. */
export interface Launcher {
  readonly names: RegExp;
  /** Its options; where there is a subcommand, those before it. */
  readonly options: OptionSyntax;
  /** The word that makes it run something: `docker exec`. Words of `group` may stand before it. */
  readonly subcommand?: RegExp;
  readonly group?: RegExp;
  /** Options behind the subcommand. */
  readonly own?: OptionSyntax;
  /** Words between the options and the command: a host, an image, a time. */
  readonly operands?: number;
  /** Assignments may stand before the command. */
  readonly assigns?: boolean;
  /** The command stands behind `--`, if there is one. */
  readonly dashes?: boolean;
  /** Options with which it is a shell if it is given no command. */
  readonly shell?: RegExp;
  /** Options with which it is no launcher, and the only one with which it is. */
  readonly without?: RegExp;
  readonly only?: RegExp;
}

const CONTAINER_FLAGS =
  "rm|init|privileged|read-only|detach|interactive|tty|no-healthcheck|oom-kill-disable|publish-all|quiet|help|" +
  "sig-proxy|no-deps|service-ports|use-aliases|no-TTY|no-tty|build|remove-orphans|quiet-pull|rmi|latest|replace|" +
  "disable-content-trust|no-hosts|tls|tlsverify|debug|dry-run|compatibility|all-resources";

/** Commands that run another one. Sources: their manual pages. */
export const LAUNCHERS: readonly Launcher[] = [
  {
    names: /^(command|builtin|nohup|setsid|busybox|unbuffer|fakeroot|eatmydata|dumb-init|time)$/,
    options: { values: "fo" },
  },
  { names: /^(exec|catchsegv|linux32|linux64)$/, options: { values: "a" } },
  {
    names: /^sudo$/,
    options: {
      values: "ugpCrtThURD",
      long: /^--(user|group|prompt|close-from|role|type|command-timeout|host|other-user|chroot|chdir)$/,
    },
    assigns: true,
    shell: /^(-i|-s|--login|--shell)$/,
  },
  { names: /^doas$/, options: { values: "uC" }, assigns: true, shell: /^-s$/ },
  {
    names: /^env$/,
    options: { values: "uCS", long: /^--(unset|chdir|split-string)$/ },
    assigns: true,
    without: /^(-S|--split-string)$/,
  },
  { names: /^nice$/, options: { values: "n", long: /^--adjustment$/ } },
  { names: /^ionice$/, options: { values: "cnpPu", long: /^--(class|classdata)$/ } },
  { names: /^stdbuf$/, options: { values: "ioe", long: /^--(input|output|error)$/ } },
  { names: /^timeout$/, options: { values: "ks", long: /^--(kill-after|signal)$/ }, operands: 1 },
  { names: /^(chrt|taskset|gosu|su-exec|chroot|setarch)$/, options: {}, operands: 1 },
  { names: /^(unshare|nsenter)$/, options: { values: "tSG", long: /^--target$/ } },
  { names: /^strace$/, options: { values: "aAbeEIoOpPsSuUX" } },
  { names: /^sshpass$/, options: { values: "pfdP" } },
  { names: /^(tini|xvfb-run)$/, options: { values: "pesnf" } },
  { names: /^runuser$/, options: { values: "ugGsw", long: /^--(user|group|shell)$/ }, only: /^(-u|--user)$/ },
  { names: /^flock$/, options: { values: "wE", long: /^--(timeout|wait|conflict-exit-code)$/ }, operands: 1 },
  {
    names: /^xargs$/,
    options: {
      values: "aEILnPsd",
      rest: "eil",
      long: /^--(arg-file|delimiter|max-args|max-procs|max-chars|max-lines|process-slot-var)$/,
    },
  },
  {
    names: /^(docker|podman|nerdctl|docker-compose|podman-compose)$/,
    options: {
      values: "Hclfp",
      long: new RegExp(`^--(?!(${CONTAINER_FLAGS})$)[\\w-]+$`),
    },
    group: /^(container|compose)$/,
    subcommand: /^(run|exec|create)$/,
    own: { values: "acehlmpuvw", long: new RegExp(`^--(?!(${CONTAINER_FLAGS})$)[\\w-]+$`) },
    operands: 1,
  },
  {
    names: /^(kubectl|oc)$/,
    options: { values: "ns", long: /^--(namespace|context|kubeconfig|cluster|user|server|token|as|as-group)$/ },
    subcommand: /^(exec|run|debug|rsh)$/,
    own: {
      values: "nscfl",
      long: /^--(namespace|context|kubeconfig|cluster|user|server|token|container|filename|image|env|labels|overrides)$/,
    },
    operands: 1,
    dashes: true,
  },
  {
    names: /^(bundle|poetry|pipenv|uv|pdm|hatch|rye|npm|pnpm|yarn|rbenv|pyenv|mise|asdf)$/,
    options: {},
    subcommand: /^(exec|run|dlx|x)$/,
    own: { values: "pc", long: /^--(package|with|python|call)$/ },
    dashes: true,
  },
  { names: /^(npx|bunx)$/, options: { values: "pc", long: /^--(package|call)$/ }, without: /^(-c|--call)$/ },
  { names: /^conda$/, options: {}, subcommand: /^run$/, own: { values: "np", long: /^--(name|prefix|cwd)$/ } },
];
