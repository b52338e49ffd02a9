import type { UploadTarget } from "./protocol.ts";

/**
 * A directory is kept in packs: zstd frames of at most `plainBytes` of content each, named by the SHA-256 of what is
 * stored. Some hold its entries (`docs/agent-protocol.md` has the format), the others the contents of its files.
 */
export interface StoredPack {
  /** SHA-256 of the frame, lower-case hex. */
  readonly sha256: string;
  /** Of the frame. */
  readonly bytes: number;
  /** Of what it holds. */
  readonly plainBytes: number;
}

/** `POST …/packs`: asks which packs the store lacks. */
export interface PacksRequest {
  readonly directory: string;
  readonly packs: readonly Pick<StoredPack, "sha256" | "bytes">[];
}

/** Answer of `packs`: for each pack where to put it; `null` where the store has it. */
export interface PacksResponse {
  readonly targets: readonly (UploadTarget | null)[];
}

/** `POST …/directories`: every pack of a directory is stored; the other side keeps the list. */
export interface DirectoryRequest {
  readonly directory: string;
  /** In this order the lines of one text. */
  readonly entries: readonly StoredPack[];
  /** In this order the contents of the files. */
  readonly contents: readonly StoredPack[];
}

/** Answer of `directories`. */
export interface DirectoryResponse {
  readonly objectKey: string;
}

/** `POST …/restores`: asks for the packs of a directory of `Assignment.restores`. */
export interface RestoreRequest {
  readonly directory: string;
  /** Number of the first pack, from 0: the entries first, then the contents. */
  readonly from: number;
}

/** Answer of `restores`: as many packs from there on as go into one answer. */
export interface RestoreResponse {
  /** How many packs hold entries. */
  readonly entries: number;
  /** How many packs there are. */
  readonly total: number;
  readonly packs: readonly (StoredPack & { readonly url: string })[];
}
