import { defineConfig } from "vitest/config";

/** The lanes: the same pipelines on what others wrote. Each is run by `npm run test:<lane>`, which installs what it needs. */
export default defineConfig({
  test: {
    include: ["test/lanes/**/*.test.ts"],
    testTimeout: 300_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});
