import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import type { ActionType } from "../compiler/index.ts";
import { actionFileSchema } from "./action-type-schema.ts";

/** Name of the file that makes a folder an action type. */
export const ACTION_FILE = "action.yaml";

/** What is wrong with an action type, for the one who wrote it. */
export interface ActionTypeProblem {
  /** Path of the file, with the line where one is known: `types/deploy/action.yaml:7`. */
  readonly file: string;
  /** Dotted key in the file: `params.0.type`; absent where the file as a whole is meant. */
  readonly key?: string;
  /** One sentence that names the key. */
  readonly message: string;
}

/** What a folder holds: an action type, or why it is none. */
export type ReadActionType =
  | { readonly type: ActionType; readonly problems: readonly [] }
  | { readonly type?: undefined; readonly problems: readonly ActionTypeProblem[] };

/** Reads the action type in `folder`; its script is inlined. Never throws because of what the files hold. */
export function readActionType(folder: string): ReadActionType {
  const path = join(folder, ACTION_FILE);
  const problem = (message: string, key?: string, line?: number): ReadActionType => ({
    problems: [{ file: line === undefined ? path : `${path}:${line}`, ...(key === undefined ? {} : { key }), message }],
  });
  const text = readText(path);
  if (text instanceof Error) {
    return problem(`The file cannot be read: ${text.message}.`);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [syntax] = document.errors;
  if (syntax !== undefined) {
    return problem(`The file is no YAML: ${syntax.message}.`, undefined, lines.linePos(syntax.pos[0]).line);
  }
  const parsed = actionFileSchema.safeParse(document.toJS());
  if (!parsed.success) {
    return { problems: parsed.error.issues.flatMap((issue) => describeIssue(path, issue, lineOf)) };
  }
  const { script, ...file } = parsed.data;
  const scriptText = script === undefined ? undefined : readText(join(folder, script));
  if (scriptText instanceof Error) {
    return problem(`The script of "script" cannot be read: ${scriptText.message}.`, "script", lineOf(["script"]));
  }
  return { type: actionType(file, scriptText), problems: [] };

  function lineOf(keys: readonly PropertyKey[]): number | undefined {
    for (let end = keys.length; end > 0; end -= 1) {
      const node: unknown = document.getIn(keys.slice(0, end), true);
      if (typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range)) {
        return lines.linePos(node.range[0]).line;
      }
    }
    return undefined;
  }
}

function readText(file: string): string | Error {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function describeIssue(
  path: string,
  issue: z.core.$ZodIssue,
  lineOf: (keys: readonly PropertyKey[]) => number | undefined,
): ActionTypeProblem[] {
  const places = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return places.map((keys) => {
    const line = lineOf(keys);
    const key = keys.map(String).join(".");
    const what = issue.code === "unrecognized_keys" ? "is not a key of an action type" : lowerFirst(issue.message);
    return {
      file: line === undefined ? path : `${path}:${line}`,
      ...(key === "" ? {} : { key }),
      message: key === "" ? `The file ${what}.` : `"${key}" ${what}.`,
    };
  });
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? `is wrong: ${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
}

function actionType(file: Omit<z.infer<typeof actionFileSchema>, "script">, script: string | undefined): ActionType {
  return {
    name: file.name,
    version: file.version,
    description: file.description,
    params: file.params.map(({ default_env: defaultEnv, ...param }) => ({
      ...param,
      default: param.default,
      ...(defaultEnv === undefined ? {} : { defaultEnv }),
    })),
    otherParams: file.other_params,
    outputs: file.outputs,
    image: file.image,
    script,
    native: file.native,
    executor: file.executor,
  };
}
