declare module "dynalite" {
  import type { Server } from "node:http";

  /** Times that a table stays in CREATING, DELETING and UPDATING, in milliseconds. In memory, unless `path` is given. */
  interface DynaliteOptions {
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
    readonly path?: string;
  }

  const dynalite: (options?: DynaliteOptions) => Server;
  export = dynalite;
}
