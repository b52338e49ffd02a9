import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Role, RoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1";
import { Namespace, ServiceAccount } from "kubernetes-models/v1";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { EKS_CLUSTER_RULES, EKS_GROUP, eksExecutor } from "../../actions/executors/eks/contract.ts";
import { parseExecutorDeclaration } from "../../actions/index.ts";

const text = readFileSync(fileURLToPath(new URL("../../docs/eks.md", import.meta.url)), "utf8");
const block = (language: string) => new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "ms").exec(text)?.[1] ?? "";

describe("docs/eks.md", () => {
  test("declares an executor that is understood, and has a row for every key", () => {
    expect(parseExecutorDeclaration("it", block("json"))).toMatchObject({ kind: "eks", architecture: "ARM64" });
    const rows = text.split("| Key of `eks` |")[1]?.split("\n\n")[0] ?? "";
    for (const key of Object.keys(eksExecutor.shape)) {
      if (key !== "kind") expect(rows, key).toContain(`\`${key}\``);
    }
  });

  test("gives the functions' group exactly the rights that the executor declares", () => {
    const manifests = parseAllDocuments(block("yaml")).map((document) => document.toJS());
    const [namespace, account, role, binding] = manifests;
    for (const model of [
      new Namespace(namespace),
      new ServiceAccount(account),
      new Role(role),
      new RoleBinding(binding),
    ]) {
      model.validate();
    }
    expect(role.rules).toEqual(EKS_CLUSTER_RULES);
    expect(binding.roleRef.name).toBe(role.metadata.name);
    expect(binding.subjects).toEqual([{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: EKS_GROUP }]);
    expect(text).toContain(`--kubernetes-groups ${EKS_GROUP}`);
    expect(new Set([account, role, binding].map(({ metadata }) => metadata.namespace))).toEqual(
      new Set([namespace.metadata.name]),
    );
  });
});
