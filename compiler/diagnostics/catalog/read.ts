import { error, noEffect, warning } from "../catalog-entry.ts";
import { text } from "../message-template.ts";

/** What a well-formed YAML file says that is not the language of pipelines. */
export const READ_DIAGNOSTICS = {
  "read/foreign-file": error(
    text`This is ${"name"}, which is not read.`,
    text`Write a pipeline of its own: "sluice init" writes one to start from, and "sluice explain read/foreign-file" shows what the words of others are in it.`,
  ),
  "read/missing-version": error(
    text`The pipeline does not say its version.`,
    text`Write "version: 1.1" in the first line.`,
  ),
  "read/version-1-0": error(
    text`This is a pipeline of version 1.0, whose layout is not read yet.`,
    text`Upgrade it to version 1.1: each list item of "stages" becomes "- stage:", each task "- <action type>:" with its inputs under "params:".`,
  ),
  "read/unsupported-version": error(
    text`Version "${"version"}" is not supported; the version is 1.1.`,
    text`Write "version: 1.1".`,
  ),
  "read/no-stages": noEffect(
    text`The pipeline has no stages, so a run does nothing.`,
    text`Add "stages:" with at least one "- stage:" and its actions.`,
  ),
  "read/wrong-type": error(text`"${"key"}" must be ${"expected"}, but is ${"found"}.`),
  "read/out-of-range": error(
    text`"${"key"}" must be at least ${"least"}, but is ${"found"}.`,
    text`Write a number that is not below ${"least"}.`,
  ),
  "read/unknown-key": noEffect(text`"${"key"}" is not a key of ${"level"} and has no effect.`),
  "read/missing-key": error(text`${"level"} needs the key "${"key"}".`, text`Add "${"key"}: …".`),
  "read/no-effect-yet": noEffect(
    text`"${"key"}" has no effect yet.`,
    text`The pipeline runs as if it were not there; you may keep it.`,
  ),
  "read/empty-stage": error(
    text`The stage has no actions.`,
    text`Write "- stage:" and below it one list item per action: "- custom-script:".`,
  ),
  "read/action-outside-stage": error(text`The action "${"type"}" stands among the stages, not in one.`),
  "read/empty-action": error(
    text`The list item is empty where an action is expected.`,
    text`Write "- <action type>:", or remove the "-".`,
  ),
  "read/no-commands": error(
    text`"${"action"}" has no commands, so it would end well without having done anything.`,
    text`Write "commands:" and below it one list item per command: "- make".`,
  ),
  "read/comment-in-command": warning(text`"${"comment"}" is a comment to YAML and no part of the command.`),
  "read/joined-commands": warning(
    text`YAML joins these lines to one, so that they are one command.`,
    text`Write "commands: |" to keep the lines, or end each line but the last with "&&".`,
  ),
  "read/indent": error(
    text`One list item holds several keys: ${"keys"}.`,
    text`Indent the keys of an action deeper than its type, or start each action with "- ".`,
  ),
  "read/key-beside-list": error(
    text`"${"key"}" stands in the column of the list "${"list"}" and belongs to none of its items.`,
  ),
  "read/missing-type": error(
    text`The action does not say its type.`,
    text`Add "type: custom-script" or another action type.`,
  ),
  "read/keys-beside-type": warning(
    text`The keys of action "${"type"}" stand beside its type and are read as if they stood under it.`,
    text`Indent them deeper than "${"type"}:".`,
  ),
  "read/param-outside-params": warning(
    text`"${"param"}" is an input of "${"type"}" and is read as if it stood under "params".`,
    text`Move it under "params:".`,
  ),
  "read/unknown-param-type": error(text`"${"type"}" is not a type of params; the types are string, int and boolean.`),

  "read/unclosed-placeholder": error(
    text`"\${{" is not closed.`,
    text`Write "\${{ outputs.<alias>.<key> }}" on one line.`,
  ),
  "read/empty-placeholder": error(
    text`The placeholder is empty.`,
    text`Write for example "\${{ outputs.<alias>.<key> }}".`,
  ),
  "read/placeholder-spacing": warning(
    text`Erda reads a placeholder only with exactly one space on each side of "${"path"}".`,
    text`Write "\${{ ${"path"} }}".`,
  ),
  "read/space-in-reference": error(
    text`"${"path"}" holds a space and names no action or directory of this pipeline.`,
    text`Use the alias of an action as it is written there.`,
  ),
  "read/expression-in-value": error(
    text`"${"text"}" is not a reference; expressions stand only in "if" and "loop.break".`,
    text`Write one reference, for example "\${{ outputs.<alias>.<key> }}", and compute in a script.`,
  ),
  "read/misspelled-reference": error(text`"${"path"}" refers to nothing.`),
  "read/unknown-placeholder": noEffect(
    text`"\${{ ${"path"} }}" refers to nothing and is left as it is.`,
    text`References start with outputs, dirs, params, configs, random or base64-decode.`,
  ),
  "read/single-brace": noEffect(
    text`"\${${"path"}}" is left as it is, because this reference needs two braces.`,
    text`Write "\${{ ${"path"} }}".`,
  ),
  "read/output-without-key": error(
    text`The reference does not say which output of "${"action"}" it means.`,
    text`Write "\${{ outputs.${"action"}.<key> }}".`,
  ),
  "read/unknown-modifier": noEffect(
    text`"${"modifier"}" is not a modifier, so the reference means the output "${"key"}".`,
  ),
  "read/bad-legacy-reference": error(
    text`"${"text"}" is not a reference.`,
    text`Write "\${alias}" for a directory or "\${alias:OUTPUT:key}" for an output.`,
  ),
  "read/looks-like-alias": noEffect(
    text`No action is called "${"text"}", so this is left as it is.`,
    text`Did you mean "\${${"near"}}"?`,
  ),
  "read/unknown-random-type": error(
    text`"${"type"}" is not a type of random values.`,
    text`Types are for example string, integer_6, boolean, timestamp and datetime.`,
  ),
  "read/bad-base64": error(
    text`"${"text"}" is not base64 of text.`,
    text`Encode the value with "printf %s value | base64".`,
  ),
} as const;
