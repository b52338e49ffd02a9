import { error, noEffect, warning } from "../catalog-entry.ts";
import { text } from "../message-template.ts";

/** What is wrong with a pipeline that can be read. */
export const VALIDATE_DIAGNOSTICS = {
  "validate/too-many-diagnostics": warning(
    text`${"left"} more are not shown.`,
    text`Mend the ones above and check the file again.`,
  ),
  "validate/unknown-action": error(text`There is no action type "${"type"}".`),
  "validate/unknown-version": noEffect(
    text`"${"type"}" has no version "${"version"}", so its version ${"used"} is used.`,
  ),
  "validate/commands-in-params": error(
    text`"commands" under "params" is an input, and "${"action"}" has no commands that could read it.`,
    text`Move "commands" out of "params": it is a key of the action.`,
  ),
  "validate/duplicate-alias": error(
    text`The name "${"alias"}" is used by two actions.`,
    text`Give each action its own "alias".`,
  ),
  "validate/duplicate-namespace": error(
    text`The directory "${"namespace"}" is left behind by two actions.`,
    text`Give each directory of the pipeline its own name.`,
  ),
  "validate/alias-with-backslash": error(
    text`The alias "${"alias"}" holds a backslash.`,
    text`Use letters, digits, "-", "_", "." and spaces.`,
  ),
  "validate/unknown-param": noEffect(text`"${"type"}" has no param "${"param"}".`),
  "validate/missing-param": error(
    text`"${"type"}" needs the param "${"param"}".`,
    text`Add "${"param"}: …" under "params:".`,
  ),
  "validate/wrong-param-type": error(
    text`The param "${"param"}" of "${"type"}" must be ${"expected"}, but is ${"found"}.`,
    text`Write ${"expected"}, or refer to an output that has one.`,
  ),
  "validate/wrong-default-type": error(
    text`The default of the param "${"param"}" must be ${"expected"}, but is ${"found"}.`,
  ),
  "validate/param-of-scheduled-run": noEffect(
    text`"cron" starts no run, because none of its runs is given the param "${"param"}", which is required.`,
    text`Give the param a "default", or take "required" away.`,
  ),
  "validate/relative-repository": error(
    text`"${"value"}" is a relative path, but every action starts in a directory of its own.`,
    text`Write the address of the repository, such as https://git.example/shop.git, or an absolute path.`,
  ),
  "validate/param-from-env": warning(
    text`"${"action"}" is given no "${"param"}", so it needs ${"variable"} in its environment, which no run has by itself.`,
    text`Add "${"param"}: …" under "params:", or set ${"variable"} under "envs:" at the top of the file.`,
  ),
  "validate/unknown-executor": error(text`There is no executor "${"executor"}".`),
  "validate/unknown-shell": warning(
    text`"${"shell"}" is not an interpreter that is known to read its script from a file.`,
    text`Write for example "bash", "python3" or "node"; one that is not usual by its whole path: "/usr/bin/fish".`,
  ),
  "validate/image-not-used": warning(
    text`"image" is not used, because the executor "${"executor"}" starts no container.`,
    text`It takes effect when the action runs on an executor with containers.`,
  ),
  "validate/env-name": error(
    text`"${"name"}" is not a name of an environment variable.`,
    text`Use letters, digits and "_", and do not start with a digit.`,
  ),
  "validate/too-many-envs": error(
    text`Up to here the envs of all ${"actions"} actions take more than the ${"limit"} characters that a plan may hold of them.`,
    text`Give values that few actions need to their "params", or read them from a file.`,
  ),
  "validate/too-long-for-environment": error(
    text`The ${"kind"} "${"name"}" has ${"bytes"} bytes, but the environment variable "${"variable"}" holds at most ${"most"}.`,
    text`Write the text in "commands", which may have any size, or read it from a file.`,
  ),
  "validate/timeout": error(
    text`"timeout" is ${"seconds"} seconds.`,
    text`Write a number of seconds, or -1 for no limit.`,
  ),
  "validate/loop-times": error(text`"max_times" is ${"times"}.`, text`Write how often at most, or -1 for no limit.`),
  "validate/retry-times": error(
    text`"max_times" of "retry" is ${"times"}.`,
    text`Write how often a failed try is repeated, at least 1; for repetition without limit use "loop".`,
  ),
  "validate/duplicate-declaration": error(
    text`The ${"kind"} "${"name"}" is declared twice.`,
    text`Remove one of the declarations.`,
  ),
  "validate/unknown-action-reference": error(text`There is no action "${"action"}" in this pipeline.`),
  "validate/unknown-directory": error(text`No action leaves a directory "${"namespace"}" behind.`),
  "validate/directory-by-path": warning(
    text`"${"path"}" is here only if the action refers to the directory "${"directory"}".`,
  ),
  "validate/directory-not-used": warning(
    text`No later action refers to the directory "${"directory"}", so none of them has what was checked out.`,
    text`Every action starts in an empty directory of its own: write for example "cd \${{ dirs.${"directory"} }}" in its commands.`,
  ),
  "validate/directory-without-slash": warning(
    text`No "/" stands between the directory "${"directory"}" and "${"text"}", so this is no file in it.`,
    text`Write "\${{ dirs.${"directory"} }}/${"text"}".`,
  ),
  "validate/self-reference": error(
    text`The action "${"action"}" refers to itself.`,
    text`Refer to an action of an earlier stage; the action's own directory is $WORKDIR.`,
  ),
  "validate/parallel-reference": error(
    text`"${"action"}" runs at the same time as "${"from"}", so it cannot be referred to.`,
    text`Move "${"from"}" to a later stage.`,
  ),
  "validate/later-reference": error(
    text`"${"action"}" runs after "${"from"}", so it cannot be referred to.`,
    text`Move "${"action"}" to an earlier stage.`,
  ),
  "validate/disabled-reference": error(
    text`"${"action"}" is disabled, so it leaves nothing behind that could be referred to.`,
    text`Remove "disable: true" from "${"action"}", or the reference.`,
  ),
  "validate/disabled-output": noEffect(text`"${"action"}" is disabled, so it puts out no "${"output"}".`),
  "validate/undeclared-output": error(text`"${"type"}" puts out no "${"output"}".`),
  "validate/output-not-checked": warning(
    text`Neither the type nor the commands of "${"action"}" tell that it puts out "${"output"}".`,
    text`Check the spelling; a script puts out a value with: echo "${"output"}=value" >> "$METAFILE".`,
  ),
  "validate/output-without-reference": warning(
    text`"ref" holds no reference, so the output is always the text "${"text"}".`,
    text`Write what it refers to: "\${{ outputs.<alias>.<key> }}".`,
  ),
  "validate/of-github": warning(text`"${"text"}" belongs to GitHub Actions and means nothing here.`),
  "validate/reference-as-text": warning(text`"${"text"}" is no reference, so the commands get it as it stands here.`),
  "validate/unknown-param-reference": error(
    text`The pipeline declares no param "${"param"}".`,
    text`Declare it under "params:" at the top of the file.`,
  ),
  "validate/reference-without-effect": error(
    text`"${"key"}" cannot hold references, so "${"text"}" would be taken as it is.`,
    text`Write the value out, or use the reference in "params", "commands", "image", "envs" or "if".`,
  ),
  "validate/reference-too-early": error(
    text`"${"key"}" is known before any action has run, so it cannot refer to "${"action"}".`,
    text`Use the reference in "params", "commands" or "if" of a later action.`,
  ),
} as const;
