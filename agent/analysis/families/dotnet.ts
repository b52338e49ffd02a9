import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** MSBuild's canonical format, which C#, F#, NuGet, MSVC and its linker write too. Source: MSBuild, "diagnostic format for tasks". */
export const dotnet: PatternFamily = [
  { kind: "dependency", weight: WEIGHTS.source, line: /\berror NU\d{4}: / },
  { kind: "compile", weight: WEIGHTS.source, line: /(?:^|[\s:])(?:fatal )?error [A-Z]{2,5}\d{3,5}\s?: / },
];
