/** Functions of JSONata 2.0.6 that Step Functions has, and its own. Source: docs.jsonata.org; reference/aws.md 3.7. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  [
    "string length substring substringBefore substringAfter uppercase lowercase trim pad contains split join match",
    "replace base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl",
    "number abs floor ceil round power sqrt formatNumber formatBase formatInteger parseInteger",
    "sum max min average boolean not exists count append sort reverse shuffle distinct zip",
    "keys lookup spread merge sift each error assert type now millis fromMillis toMillis",
    "map filter single reduce clone",
    "partition range hash random uuid parse",
  ].flatMap((names) => names.split(" ")),
);
