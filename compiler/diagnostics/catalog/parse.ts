import { error, noEffect } from "../catalog-entry.ts";
import { text } from "../message-template.ts";

/** What is wrong with the text as YAML. */
export const PARSE_DIAGNOSTICS = {
  "parse/empty-file": error(
    text`The file holds no pipeline.`,
    text`Start with "version: 1.1" and "stages:"; "sluice init" writes an example.`,
  ),
  "parse/not-text": error(text`The file is not text: it holds a NUL character.`, text`Save the file as UTF-8.`),
  "parse/not-a-map": error(
    text`A pipeline is a map with keys such as "version" and "stages", but the file holds ${"found"}.`,
    text`Start with "version: 1.1" and "stages:".`,
  ),
  "parse/too-large": error(
    text`The file has ${"size"} characters; at most ${"limit"} are read.`,
    text`Move scripts and large values into files of the repository.`,
  ),
  "parse/too-deep": error(
    text`The YAML is nested deeper than ${"limit"} levels.`,
    text`Check the indentation and unclosed brackets.`,
  ),
  "parse/tab-indentation": error(
    text`A tab stands in the indentation; YAML allows only spaces there.`,
    text`Replace each tab by two spaces.`,
  ),
  "parse/bad-indentation": error(
    text`The indentation does not fit the lines above.`,
    text`Keys of one map and items of one list must start in the same column, further right than what they belong to.`,
  ),
  "parse/key-without-colon": error(
    text`The key has no colon after it.`,
    text`Write "key: value" with a space after the colon, or quote the text if it is a value.`,
  ),
  "parse/nested-map-on-one-line": error(
    text`A second "key: value" stands on the same line.`,
    text`Put quotes around a value that contains ": ", or start a new line with more indentation.`,
  ),
  "parse/missing-character": error(
    text`Something is missing here: ${"detail"}.`,
    text`Check that every quote, "[" and "{" is closed, and that a space follows each ":" and ",".`,
  ),
  "parse/unexpected-text": error(
    text`This text cannot stand here: ${"detail"}.`,
    text`Put quotes around values that contain characters such as ": ", " #", "[", "]", "{", "}" or ",".`,
  ),
  "parse/bad-first-character": error(
    text`A value cannot start with this character without quotes.`,
    text`Put the value in quotes.`,
  ),
  "parse/bad-escape": error(
    text`The text in double quotes holds an unknown escape sequence.`,
    text`Write "\\\\" for a backslash, or use single quotes.`,
  ),
  "parse/key-too-long": error(
    text`A key on one line may have at most 1024 characters.`,
    text`Check for a missing line end or quote.`,
  ),
  "parse/key-not-text": error(text`A key must be text, but this one is ${"found"}.`, text`Put the key in quotes.`),
  "parse/duplicate-key": error(
    text`The key "${"key"}" stands twice in the same map.`,
    text`Remove one of them, or start a new list item with "- ".`,
  ),
  "parse/bad-anchor": error(
    text`Anchors and tags do not fit here: ${"detail"}.`,
    text`Write "&name" once, between the colon and the value.`,
  ),
  "parse/unknown-alias": error(
    text`No anchor "&${"name"}" stands above this alias.`,
    text`Define the anchor before its use, or quote the value if the "*" belongs to it.`,
  ),
  "parse/recursive-alias": error(text`The alias "*${"name"}" contains itself.`, text`Write the value out.`),
  "parse/too-many-aliases": error(
    text`Aliases make the document larger than ${"limit"} values.`,
    text`Write the values out, or move them to where they are needed.`,
  ),
  "parse/bad-merge-key": error(
    text`A merge key "<<" needs a map or a list of maps, but has ${"found"}.`,
    text`Write "<<: *name", where "&name" stands at a map.`,
  ),
  "parse/bad-directive": error(text`The line that starts with "%" is not a YAML directive.`, text`Remove the line.`),
  "parse/marker-before-text": error(
    text`YAML takes "${"marker"}" for ${"kind"} and leaves only "${"left"}" of the text.`,
  ),
  "parse/unknown-tag": noEffect(text`The tag "${"tag"}" has no meaning here and is ignored.`, text`Remove the tag.`),
} as const;
