import * as z from "zod";

const name = z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, "must be lower-case letters, numbers and - . _");
const description = z.string().default("");

const param = z.strictObject({
  /** Becomes the environment variable `ACTION_<NAME>`. */
  name: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_.-]*$/, "must be letters, numbers and _ . -, not beginning with a number"),
  type: z.enum(["string", "int", "float", "boolean", "list", "map", "any"]).default("string"),
  required: z.boolean().default(false),
  default: z.json().optional(),
  description,
  /** `repository`: the compiler refuses a relative path, which means nothing in the directory of an attempt. */
  format: z.literal("repository").optional(),
  /** Environment variable that the type takes where the param is not given; the compiler asks for one of the two. */
  default_env: z.string().min(1).optional(),
});

const output = z.strictObject({ name: z.string().min(1).max(128), description });

/** `action.yaml`: what an action type is. Unknown keys are errors, so that a misspelt one is seen. */
export const actionFileSchema = z
  .strictObject({
    name,
    version: z.string({ error: 'must be text: write "1.0" in quotes' }).min(1),
    description,
    params: z.array(param).default([]),
    /** Params beside the declared ones are expected: the user's own commands read them. */
    other_params: z.boolean().default(false),
    /** Absent: the type does not declare what it puts out, and references to its outputs are not checked. */
    outputs: z.array(output).optional(),
    /** Image for executors that run containers. */
    image: z.string().min(1).optional(),
    /** File beside `action.yaml`, run with `sh -e` before the user's commands. */
    script: z
      .string()
      .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/, "must be the name of a file beside action.yaml")
      .optional(),
    native: z.literal("wait").optional(),
    executor: z.string().min(1).optional(),
  })
  .superRefine((file, context) => {
    duplicates(file.params).forEach((at) => {
      context.addIssue({ code: "custom", path: ["params", at, "name"], message: "is declared twice" });
    });
    duplicates(file.outputs ?? []).forEach((at) => {
      context.addIssue({ code: "custom", path: ["outputs", at, "name"], message: "is declared twice" });
    });
    if (file.native !== undefined && file.script !== undefined) {
      context.addIssue({ code: "custom", path: ["script"], message: "has no effect beside native" });
    }
  });

/** Places of the items that repeat an earlier one's name. */
function duplicates(items: readonly { readonly name: string }[]): number[] {
  return items.flatMap((item, at) => (items.findIndex(({ name }) => name === item.name) < at ? [at] : []));
}
