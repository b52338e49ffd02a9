import { Stack, Validations } from "aws-cdk-lib";
import { Effect, PolicyStatement, type Role } from "aws-cdk-lib/aws-iam";

/** Calls that a role may make, and why where they are not limited to named resources. */
export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /**
   * IAM conditions: operator -> key -> value.
   * @default - none
   */
  readonly conditions?:
    | { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } }
    | undefined;
  /**
   * Why a resource holds a wildcard; cdk-nag and whoever audits the template read it.
   * @default - none: no resource holds one
   */
  readonly wildcardReason?: string | undefined;
}

/** Lets a role make calls and records the reason of every wildcard. Throws where a wildcard has none. */
export function grant(role: Role, { actions, resources, conditions, wildcardReason }: Grant): void {
  role.addToPrincipalPolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      actions: [...actions],
      resources: [...resources],
      ...(conditions === undefined ? {} : { conditions }),
    }),
  );
  for (const resource of resources.map((arn) => readable(Stack.of(role).resolve(arn)))) {
    if (!resource.includes("*")) continue;
    if (wildcardReason === undefined) throw new Error(`No reason is given for "${resource}" in ${role.node.path}.`);
    acknowledgeWildcard(role, resource, wildcardReason);
  }
}

/** Gives cdk-nag the reason of a wildcard; `resource` as cdk-nag writes it, for example `arn:<AWS::Partition>:s3:::x/*`. */
export function acknowledgeWildcard(role: Role, resource: string, reason: string): void {
  Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
}

/** An ARN with its references in the spelling of cdk-nag: `<Table.Arn>/index/living`. */
function readable(value: unknown): string {
  // `Fn::Sub` names its references in the text itself.
  if (typeof value === "string") return value.replaceAll(/\$\{([^}]+)\}/g, "<$1>");
  if (Array.isArray(value)) return value.map(readable).join("");
  if (typeof value !== "object" || value === null) return String(value);
  const [[name, content] = ["", undefined]] = Object.entries(value);
  switch (name) {
    case "Ref":
      return `<${readable(content)}>`;
    case "Fn::GetAtt":
      return `<${Array.isArray(content) ? content.join(".") : readable(content)}>`;
    case "Fn::Join":
      return Array.isArray(content) ? readable(content[1]) : "";
    default:
      return readable(content);
  }
}
