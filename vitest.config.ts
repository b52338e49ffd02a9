import { defineConfig } from "vitest/config";
import type { CoverageOptions } from "vitest/node";

type AstNode = Parameters<NonNullable<CoverageOptions["ignoreNode"]>>[0];

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/lanes/**"],
    testTimeout: 30_000,
    setupFiles: process.argv.includes("--coverage") ? ["test/fixed-seed.ts"] : [],
    // For `npm run coverage`: nothing that a text can make the compiler do is without a test.
    coverage: {
      include: ["compiler/**/*.ts"],
      reporter: [["text", { skipFull: true }]],
      thresholds: { lines: 100, branches: 100 },
      ignoreNode: onlyOnBrokenInvariant,
    },
  },
});

/** `throw new InternalCompilerError(…)`, and an `if` that does nothing else: no text leads there, so no test can. */
function onlyOnBrokenInvariant(node: AstNode): boolean {
  if (node.type === "IfStatement") return !node.alternate && onlyOnBrokenInvariant(node.consequent);
  if (node.type === "BlockStatement") return node.body.length === 1 && node.body.every(onlyOnBrokenInvariant);
  if (node.type !== "ThrowStatement" || node.argument.type !== "NewExpression") return false;
  const { callee } = node.argument;
  // Vite turns an imported name into a member of the module.
  return (
    callee.type === "MemberExpression" && "name" in callee.property && callee.property.name === "InternalCompilerError"
  );
}
