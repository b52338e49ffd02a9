import { Stack } from "aws-cdk-lib";
import { CfnAccessEntry } from "aws-cdk-lib/aws-eks";
import { Construct } from "constructs";
import { EKS_GROUP } from "../../actions/executors/eks/contract.ts";
import { EXECUTE_ACTION, SYSTEM_FUNCTIONS } from "../function-declarations.ts";
import type { InstallationExecutors } from "./installation-executors.ts";
import type { SystemFunctions } from "./system-functions.ts";

/** Whose functions get into which clusters. */
export interface KubernetesAccessProps {
  readonly executors: InstallationExecutors;
  readonly functions: SystemFunctions;
}

/**
 * Lets the functions into the Kubernetes clusters of this account and region: an access entry for each role, into a group
 * that has no rights but those that a Role in the cluster gives it (`docs/eks.md` has the manifest). Clusters that are
 * somewhere else, and those reached by a role of their own, get their entries where they are.
 */
export class KubernetesAccess extends Construct {
  constructor(scope: Construct, id: string, { executors, functions }: KubernetesAccessProps) {
    super(scope, id);
    const { region } = Stack.of(this);
    const callers = [
      ...EXECUTE_ACTION.filter(({ kind }) => kind === "eks"),
      ...SYSTEM_FUNCTIONS.filter((each) => "executors" in each && !("kinds" in each)),
    ];
    const here = executors.clusters("eks").filter((cluster) => cluster.region === region && !cluster.isReachedByRole);
    for (const { name: clusterName } of here) {
      for (const { id: caller } of callers) {
        const { role } = functions.get(caller);
        new CfnAccessEntry(this, `${clusterName}${caller}`, {
          clusterName,
          principalArn: role.roleArn,
          kubernetesGroups: [EKS_GROUP],
        });
      }
    }
  }
}
