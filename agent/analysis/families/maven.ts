import { type PatternFamily, WEIGHTS } from "../sign.ts";

/** Maven, with its compiler, Surefire and resolver. Source: Maven's console log; Surefire's console reporter. */
export const maven: PatternFamily = [
  { kind: "compile", weight: WEIGHTS.source, line: /^\[ERROR\] \S.*\.(?:java|kt|scala|groovy):\[\d+,\d+\] /, after: 2 },
  {
    kind: "test",
    weight: WEIGHTS.source,
    line: /^\[ERROR\] .*(?:<<< (?:FAILURE|ERROR)!)/,
    except: /^\[ERROR\] Tests run: /,
    after: 5,
    tells: /(?:Error|Exception)\b/,
  },
  { kind: "test", weight: WEIGHTS.source, line: /^\[ERROR\]\s+\S+[.#]\S+:\d+(?:->\S+)? / },
  {
    kind: "test",
    weight: WEIGHTS.tool,
    line: /^(?:\[ERROR\] )?Tests run: \d+, (?:Failures: [1-9]|Failures: 0, Errors: [1-9])/,
  },
  {
    kind: "network",
    weight: WEIGHTS.tool,
    line: /^\[ERROR\] .*(?:Could not transfer artifact|Unknown host|Connection refused|Network is unreachable)/,
  },
  {
    kind: "dependency",
    weight: WEIGHTS.tool,
    line: /^\[ERROR\] .*(?:[Cc]ould not (?:be resolved|resolve dependencies|find artifact)|in offline mode)/,
  },
  {
    kind: "configuration",
    weight: WEIGHTS.tool,
    line: /^\[FATAL\] |^\[ERROR\] Unknown lifecycle phase|^\[ERROR\] .*no POM in this directory/,
  },
  { kind: "lint", weight: WEIGHTS.source, line: /^\[(?:ERROR|WARN)\] \S+\.\w+:(?:\[\d+(?:,\d+)?\] \(|\d+:(?:\d+:)? )/ },
  { kind: "configuration", weight: WEIGHTS.tool, line: /^\[ERROR\] Rule \d+: /, after: 2 },
  {
    kind: "tool",
    weight: WEIGHTS.consequence,
    line: /^\[ERROR\] Failed to execute goal /,
    after: 8,
  },
  {
    kind: "tool",
    weight: WEIGHTS.unknown,
    line: /^\[ERROR\] \S/,
    except:
      /^\[ERROR\] (?:-> )?(?:\[Help|To see the full|Re-run Maven|For more information|After correcting|COMPILATION ERROR|mvn <|Please refer|Tests run: |Failures:|Errors:|See )/,
    after: 2,
  },
];
