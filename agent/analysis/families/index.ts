import type { PatternFamily } from "../sign.ts";
import { bundlers } from "./bundlers.ts";
import { cCompiler } from "./c-compiler.ts";
import { crash } from "./crash.ts";
import { database } from "./database.ts";
import { disk } from "./disk.ts";
import { docker } from "./docker.ts";
import { dotnet } from "./dotnet.ts";
import { files } from "./files.ts";
import { git } from "./git.ts";
import { goBuild } from "./go-build.ts";
import { goTest } from "./go-test.ts";
import { gradle } from "./gradle.ts";
import { infrastructure } from "./infrastructure.ts";
import { java } from "./java.ts";
import { jest } from "./jest.ts";
import { languages } from "./languages.ts";
import { lint } from "./lint.ts";
import { make } from "./make.ts";
import { maven } from "./maven.ts";
import { memory } from "./memory.ts";
import { network } from "./network.ts";
import { node } from "./node.ts";
import { nodeTest } from "./node-test.ts";
import { npm } from "./npm.ts";
import { perl } from "./perl.ts";
import { php } from "./php.ts";
import { pip } from "./pip.ts";
import { pytest } from "./pytest.ts";
import { python } from "./python.ts";
import { ruby } from "./ruby.ts";
import { rust } from "./rust.ts";
import { shell } from "./shell.ts";
import { testRunners } from "./test-runners.ts";
import { typescript } from "./typescript.ts";
import { unknown } from "./unknown.ts";

/** Every family. The first sign that a line matches counts, so what says more stands before what says less. */
export const FAMILIES: readonly PatternFamily[] = [
  ...[disk, memory, database],
  ...[java, goBuild, goTest, rust, typescript, bundlers, cCompiler, dotnet, ruby, php, maven, gradle],
  ...[nodeTest, jest, pytest, testRunners, lint, pip, npm, docker, infrastructure, git],
  ...[make, python, node, shell, crash, network, files, languages, perl, unknown],
];
