import { type Place, type PlanAction, referencesOfValue, renderText, SLUICE_ERRORS } from "../../compiler/index.ts";
import { SluiceError } from "../errors/sluice-error.ts";
import type { Runtime } from "../runtime.ts";
import { type InputContext, loadInputs } from "./load-inputs.ts";
import { valueText } from "./value-text.ts";

/** The image of an attempt, or why there is none; `message` names file, line and column. */
export type ResolvedImage =
  | { readonly ok: true; readonly image: string | undefined }
  | { readonly ok: false; readonly message: string };

/**
 * Renders an image with references. A secret cannot be part of it: an image stands in the task definition and in what
 * AWS reports of the task, which many may read.
 */
export async function resolveImage(
  runtime: Runtime,
  context: InputContext,
  { image }: PlanAction,
): Promise<ResolvedImage> {
  if (typeof image !== "object") {
    return { ok: true, image };
  }
  const { scope, secrets } = await loadInputs(runtime, context, referencesOfValue(image), "missing");
  const wrong = ({ column, line }: Place, why: string): ResolvedImage => ({
    ok: false,
    message: `${context.plan.file}:${line}:${column}: image: ${why}`,
  });
  const rendered = renderText(image, scope);
  if (!rendered.ok) {
    return wrong(rendered.place, rendered.message);
  }
  if (secrets.length > 0) {
    return wrong(image.place, "a secret cannot be part of an image, which everybody who sees the task can read.");
  }
  return { ok: true, image: valueText(rendered.value).trim() };
}

/**
 * The image of an attempt that is being started. It was found whole before; what has gone meanwhile (a config, say) is a
 * terminal error.
 */
export async function imageToStart(
  runtime: Runtime,
  context: InputContext,
  action: PlanAction,
): Promise<string | undefined> {
  const resolved = await resolveImage(runtime, context, action);
  if (!resolved.ok) {
    throw new SluiceError(SLUICE_ERRORS.actionFailed, resolved.message);
  }
  return resolved.image;
}
