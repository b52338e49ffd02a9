import { readdirSync, readFileSync } from "node:fs";
import type { FailureKind } from "../../../agent/protocol.ts";

const DIRECTORY = new URL("../../fixtures/logs/", import.meta.url);

/** Name of the log, the exit code of what wrote it, what the failure is, and a part of the line that tells it. */
export type FailedLog = readonly [name: string, exitCode: number, kind: FailureKind, decisive: string];

/** Logs that the tools really wrote (paths and addresses replaced), each of a shop whose build is broken on purpose. */
export const RECORDED_LOGS: readonly FailedLog[] = [
  ["bash-command-not-found", 127, "command-not-found", "helmfile: command not found"],
  ["bash-unbound-variable", 1, "script", "SHOP_REGION: unbound variable"],
  ["c-abort", 134, "crash", "Assertion `stock > 0' failed."],
  ["c-segfault", 139, "crash", "Segmentation fault"],
  ["cargo-compile-error", 101, "compile", "error[E0308]: mismatched types"],
  ["cargo-missing-crate", 101, "dependency", "failed to read `/build/prices/Cargo.toml`"],
  ["cargo-test-failure", 101, "test", "assertion `left == right` failed: two items cost four"],
  ["cmake-missing-package", 1, "configuration", "CMake Error at CMakeLists.txt:3 (find_package):"],
  ["curl-404", 22, "network", "The requested URL returned error: 404"],
  ["curl-refused", 7, "network", "Failed to connect to 127.0.0.1 port 9"],
  ["curl-unknown-host", 6, "network", "Could not resolve host: files.shop.example"],
  ["docker-no-daemon", 1, "tool", "Cannot connect to the Docker daemon"],
  ["gcc-missing-header", 1, "compile", "shop/prices.h: No such file or directory"],
  ["gcc-type-error", 1, "compile", "‘struct item’ has no member named ‘prize’"],
  ["gcc-undefined-reference", 1, "compile", "undefined reference to `charge'"],
  ["git-auth", 128, "authentication", "could not read Username for"],
  ["git-conflict", 1, "git", "CONFLICT (content): Merge conflict in price"],
  ["git-missing-repository", 128, "git", "repository '/srv/git/shop.git' does not exist"],
  ["git-ssh-refused", 128, "network", "ssh: connect to host 127.0.0.1 port 9: Connection refused"],
  ["git-unknown-host", 128, "network", "Could not resolve host: git.shop.example"],
  ["git-unknown-revision", 1, "git", "pathspec 'v9.9.9' did not match"],
  ["go-compile-error", 1, "compile", '"os" imported and not used'],
  ["go-module-unreachable", 1, "network", "no such host"],
  ["go-panic", 2, "exception", "panic: assignment to entry in nil map"],
  ["go-test-failure", 1, "test", "Total(2) = 2, want 4"],
  ["go-test-panic", 1, "test", "panic: runtime error: index out of range [0] with length 0"],
  ["go-vet", 1, "compile", 'fmt.Printf format %d has arg "three" of wrong type string'],
  ["gxx-template-error", 1, "compile", "no match for ‘operator<’"],
  ["java-exception", 1, "exception", 'NumberFormatException: For input string: "three"'],
  ["java-out-of-memory", 1, "memory", "java.lang.OutOfMemoryError: Java heap space"],
  ["javac-error", 1, "compile", "Cart.java:5: error: cannot find symbol"],
  ["make-compile-error", 2, "compile", "expected ‘;’ before ‘}’ token"],
  ["make-missing-separator", 2, "configuration", "missing separator"],
  ["make-no-rule", 2, "configuration", "No rule to make target 'cart.o'"],
  ["make-parallel-failure", 2, "command-not-found", "./tools/generate: not found"],
  ["mvn-offline", 1, "dependency", "maven-resources-plugin:2.6 or one of its dependencies could not be resolved"],
  ["mvn-pom-broken", 1, "configuration", "Non-parseable POM"],
  ["node-esm-missing-module", 1, "dependency", "Cannot find package '@shop/prices'"],
  ["node-heap", 134, "memory", "JavaScript heap out of memory"],
  ["node-missing-module", 1, "dependency", "Cannot find module '@shop/prices'"],
  ["node-port-in-use", 1, "exception", "listen EADDRINUSE: address already in use"],
  ["node-rejection", 1, "exception", "Error: card was declined"],
  ["node-syntax-error", 1, "compile", "SyntaxError: missing ) after argument list"],
  ["node-test-spec", 1, "test", "Expected values to be strictly equal:"],
  ["node-test-tap", 1, "test", "not ok 2 - two items cost four"],
  ["node-uncaught", 1, "exception", "TypeError: Cannot read properties of undefined (reading 'price')"],
  ["npm-401", 1, "authentication", "401 Unauthorized - GET"],
  ["npm-404", 1, "dependency", "404 Not Found - GET"],
  ["npm-broken-package-json", 1, "configuration", "Expected double-quoted property name in JSON"],
  ["npm-connection-refused", 1, "network", "connect ECONNREFUSED 127.0.0.1:9"],
  ["npm-missing-script", 1, "configuration", 'Missing script: "bundle"'],
  ["npm-no-package-json", 254, "missing-file", "Could not read package.json"],
  ["npm-not-cached", 1, "dependency", "no cached response is available"],
  ["npm-script-fails", 1, "exception", "RangeError: the bundle has no entry"],
  ["npm-unknown-host", 1, "network", "getaddrinfo ENOTFOUND registry.shop.example"],
  ["pip-no-distribution", 1, "dependency", "No matching distribution found for shop-prices==2.0"],
  ["pip-requirements-missing", 1, "missing-file", "Could not open requirements file"],
  ["psql-refused", 2, "network", "Connection refused"],
  ["pytest-collection-error", 2, "test", "ModuleNotFoundError: No module named 'shop'"],
  ["pytest-failure", 1, "test", "AssertionError: assert 2 == 4"],
  ["python-chained", 1, "exception", "PriceError: the price list is broken"],
  ["python-missing-module", 1, "dependency", "ModuleNotFoundError: No module named 'shop_prices'"],
  ["python-syntax-error", 1, "compile", "SyntaxError: expected ':'"],
  ["python-traceback", 1, "exception", "KeyError: 'tea'"],
  ["python-unittest", 1, "test", "AssertionError: 2 != 4"],
  ["rustc-panic", 101, "exception", "index out of bounds: the len is 0 but the index is 0"],
  ["sh-command-not-found", 127, "command-not-found", "shop-packer: not found"],
  ["sh-disk-full", 1, "disk-full", "No space left on device"],
  ["sh-killed", 137, "memory", "Killed"],
  ["sh-missing-file", 1, "missing-file", "cannot stat 'dist/prices.json'"],
  ["sh-permission-denied", 126, "permission", "./deploy.sh: Permission denied"],
  ["sh-syntax-error", 2, "script", "Syntax error: end of file unexpected"],
  ["tar-missing", 2, "missing-file", "release.tar.gz: Cannot open"],
  ["tsc-errors", 2, "compile", "error TS2551: Property 'prize' does not exist"],
  ["tsc-pretty", 2, "compile", "Cannot find module './prices'"],
  ["vitest-failure", 1, "test", "AssertionError: expected 2 to be 4"],
  ["wget-unknown-host", 4, "network", "unable to resolve host address"],
  ["bash-syntax", 2, "script", "syntax error near unexpected token"],
  ["cargo-no-toml", 101, "unknown", "could not find `Cargo.toml` in `/build/shop`"],
  ["cmake-compile-error", 2, "compile", "error: ‘x’ undeclared"],
  ["dash-param", 2, "script", "SHOP_REGION: is not set"],
  ["gcc-no-lib", 1, "compile", "cannot find -lshopprices"],
  ["git-not-repo", 128, "git", "not a git repository"],
  ["git-push-rejected", 1, "git", "! [rejected]        HEAD -> main (fetch first)"],
  ["go-no-mod", 1, "configuration", "does not contain main module"],
  ["go-test-build-failed", 1, "compile", "undefined: Missing"],
  ["go-test-timeout", 1, "test", "panic: test timed out after 1s"],
  ["java-no-class", 1, "missing-file", "Could not find or load main class Missing"],
  ["javac-package", 1, "compile", "package shop.prices does not exist"],
  ["ls-missing", 2, "missing-file", "cannot access 'missing-dir'"],
  ["make-recursive", 2, "tool", "make[1]: *** [Makefile:2: all] Error 1"],
  ["node-assert", 1, "exception", "AssertionError [ERR_ASSERTION]: stock differs"],
  ["node-enoent", 1, "missing-file", "ENOENT: no such file or directory, open 'prices.json'"],
  ["perl-die", 2, "missing-file", "cannot read the prices: No such file or directory"],
  ["perl-module", 2, "dependency", "Can't locate Shop/Prices.pm in @INC"],
  ["pytest-fixture", 1, "test", "fixture 'stock' not found"],
  ["python-memory", 1, "memory", "MemoryError"],
  ["python-segv", 139, "crash", "Segmentation fault"],
  ["rust-borrow", 1, "compile", "borrow of moved value: `s`"],
  ["sh-io-error", 2, "script", "echo: I/O error"],
  ["touch-denied", 1, "permission", "touch: cannot touch '/etc/x': Permission denied"],
  ["tsc-no-config", 1, "compile", "error TS5058"],
  ["unittest-import", 1, "test", "ModuleNotFoundError: No module named 'shop_prices'"],
  ["unzip-missing", 9, "missing-file", "cannot find or open release.zip"],
  ["wget-404", 8, "network", "ERROR 404: Not Found."],
];

/**
 * Logs written by hand in the formats that the tools document, because the tool, or the service it failed at, is not
 * on every machine: Docker with BuildKit, Gradle, Kotlin, Jest, Mocha, ESLint, webpack, Yarn, pnpm, Terraform, Maven
 * with its plugins, a compiler that the kernel kills, an expired certificate, a full disk.
 */
export const WRITTEN_LOGS: readonly FailedLog[] = [
  ["curl-certificate", 60, "network", "SSL certificate problem: certificate has expired"],
  ["docker-copy-missing", 1, "missing-file", '"/dist/shop.tar": not found'],
  ["docker-manifest", 1, "dependency", "manifest for registry.shop.example/base:8 not found"],
  ["docker-pull-denied", 125, "authentication", "pull access denied for registry.shop.example/base"],
  ["docker-run-step", 1, "dependency", "ERESOLVE could not resolve"],
  ["eslint-error", 1, "lint", "'total' is assigned a value but never used"],
  ["gcc-killed", 2, "memory", "Killed signal terminated program cc1plus"],
  ["git-publickey", 128, "authentication", "Permission denied (publickey)"],
  ["go-link-killed", 1, "memory", "link: signal: killed"],
  ["gradle-compile-error", 1, "compile", "Cart.java:12: error: cannot find symbol"],
  ["gradle-dependency", 1, "dependency", "Could not find example.shop:prices:2.1."],
  ["gradle-test-failure", 1, "test", "AssertionFailedError: expected: <4> but was: <2>"],
  ["jest-failure", 1, "test", "● cart › two items cost four"],
  ["jest-suite-broken", 1, "test", "Cannot find module './prices' from 'src/cart.js'"],
  ["kotlin-compile", 1, "compile", "Cart.kt:9:24 Unresolved reference: prize"],
  ["mocha-failure", 1, "test", "AssertionError [ERR_ASSERTION]: Expected values to be strictly equal"],
  ["mvn-compile-error", 1, "compile", "Cart.java:[12,21] cannot find symbol"],
  ["mvn-test-failure", 1, "test", "shop.CartTest.twoItemsCostFour"],
  ["npm-disk-full", 228, "disk-full", "ENOSPC: no space left on device"],
  ["pip-connection", 1, "network", "Name or service not known"],
  ["pnpm-lockfile", 1, "dependency", "ERR_PNPM_OUTDATED_LOCKFILE"],
  ["terraform-error", 1, "configuration", "Error: Reference to undeclared resource"],
  ["webpack-module", 1, "compile", "Can't resolve './prices' in '/build/shop/src'"],
  ["yarn-missing-package", 1, "dependency", 'Couldn\'t find any versions for "@shop/prices"'],
];

/** Logs of builds that succeeded. Recorded but for docker, deploy, gradle, jest, lint, mvn, retry and tsc. */
export const GREEN_LOGS: readonly string[] = logNames().filter((name) => name.startsWith("green-"));

/** Every log of the directory, without its `.log`. */
export function logNames(): readonly string[] {
  return readdirSync(DIRECTORY).map((file) => file.replace(/\.log$/, ""));
}

/** Lines of a log as the agent cuts them. */
export function readLog(name: string): readonly string[] {
  return readFileSync(new URL(`${name}.log`, DIRECTORY), "utf8")
    .replace(/\n$/, "")
    .split("\n");
}
