import { error, noEffect, warning } from "../catalog-entry.ts";
import { text } from "../message-template.ts";

/** What the lowering to Step Functions cannot express or finds costly: one line per code, `lower/<kebab-name>`. */
export const LOWER_DIAGNOSTICS = {
  "lower/reference-in-quoted-heredoc": error(
    text`"${"reference"}" stands in ${"reader"} whose delimiter needs its quotes, so the shell expands nothing there.`,
  ),
  "lower/reference-as-code": error(text`"${"reference"}" would be run as code by ${"reader"}, whatever its value is.`),
  "lower/reference-in-program": warning(
    text`"${"reference"}" stands in a program for ${"reader"}, which may read its value as more than a text.`,
  ),
  "lower/reference-as-command": warning(
    text`"${"reference"}" stands where a command does, and its value is one word: the name of a program.`,
  ),
  "lower/reference-as-name": error(text`"${"reference"}" stands in ${"reader"} where the name of a variable belongs.`),
  "lower/unchecked-number": warning(
    text`"${"reference"}" gets into "${"reader"}", which bash uses as a number: what is in it may run commands.`,
  ),
  "lower/reference-in-ansi-quotes": error(text`"${"reference"}" stands in $'…', which not every ${"reader"} knows.`),
  "lower/reference-in-other-shell": error(
    text`"${"reference"}" stands in commands for "${"reader"}", whose quoting Sluice does not know.`,
  ),
  "lower/unknown-executor-of-type": error(
    text`The action type "${"type"}" asks for the executor "${"executor"}", which does not exist.`,
    text`Configure an executor of that name, or choose one with "executor".`,
  ),
  "lower/no-effect-on-wait": noEffect(
    text`"${"key"}" has no effect on "${"type"}", because a state of Step Functions waits and nothing runs.`,
    text`Remove "${"key"}".`,
  ),
  "lower/definition-too-large": error(
    text`The state machine takes ${"bytes"} bytes, but Step Functions allows ${"limit"}.`,
    text`Cut the pipeline into several.`,
  ),
  "lower/too-many-events": error(
    text`A run needs up to ${"events"} history events even if nothing is repeated, but Step Functions ends it at ${"limit"}.`,
    text`Cut the pipeline into several.`,
  ),
  "lower/loop-may-exhaust-history": warning(
    text`The repetitions of "${"alias"}" may need ${"events"} history events, but Step Functions ends the run at ${"limit"}.`,
    text`Limit "max_times" or "timeout", or wait longer between the tries.`,
  ),
} as const;
