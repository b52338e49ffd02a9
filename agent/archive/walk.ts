import { lstatSync, readdirSync, readlinkSync, type Stats } from "node:fs";
import { join } from "node:path";

/** Something below a directory. Paths are relative, with `/`; a directory comes before what is in it. */
export type Found =
  | { readonly kind: "directory" | "file"; readonly path: string; readonly stat: Stats }
  | { readonly kind: "link"; readonly path: string; readonly stat: Stats; readonly to: string };

/**
 * Everything below `root`, itself first as ".", in an order that depends on the names alone. No link is followed.
 * Throws for what cannot be kept, naming it: devices, sockets and pipes, and names that are no UTF-8.
 */
export function* walk(root: string): Generator<Found> {
  const stat = lstatSync(root);
  if (!stat.isDirectory()) {
    throw new Error("it is no directory any more.");
  }
  yield { kind: "directory", path: ".", stat };
  yield* walkBelow(root, "");
}

function* walkBelow(root: string, parent: string): Generator<Found> {
  for (const name of readdirSync(join(root, parent)).sort()) {
    const path = parent === "" ? name : `${parent}/${name}`;
    const stat = look(root, path);
    if (stat.isDirectory()) {
      yield { kind: "directory", path, stat };
      yield* walkBelow(root, path);
    } else if (stat.isFile()) {
      yield { kind: "file", path, stat };
    } else if (stat.isSymbolicLink()) {
      yield { kind: "link", path, stat, to: readlinkSync(join(root, path)) };
    } else {
      throw new Error(
        `"${path}" is ${specialKind(stat)}; only files, directories and links can be kept. Remove it at the end of the commands.`,
      );
    }
  }
}

function look(root: string, path: string): Stats {
  try {
    return lstatSync(join(root, path));
  } catch (cause) {
    // Node shows every byte that is no UTF-8 as this character, and there is no file of the name that it shows.
    if (path.includes("\ufffd")) {
      throw new Error(`the name "${path}" is no UTF-8. Rename it, or remove it at the end of the commands.`, { cause });
    }
    throw cause;
  }
}

function specialKind(stat: Stats): string {
  if (stat.isSocket()) return "a socket";
  return stat.isFIFO() ? "a named pipe" : "a device";
}
