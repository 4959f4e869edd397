import { Stack, Validations } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** A resource as cdk-nag writes it in a finding: references in angle brackets, `Fn::Join` joined. */
const flat = (value: unknown): string => {
  if (typeof value === 'string') return value.replaceAll('${', '<').replaceAll('}', '>');
  const { Ref, 'Fn::GetAtt': att, 'Fn::Join': join } = value as Partial<Intrinsic>;
  if (Ref !== undefined) return `<${Ref}>`;
  if (att !== undefined) return `<${att.join('.')}>`;
  if (join !== undefined) return join[1].map(flat).join(join[0]);
  return JSON.stringify(value);
};

interface Intrinsic {
  readonly Ref: string;
  readonly 'Fn::GetAtt': readonly string[];
  readonly 'Fn::Join': readonly [string, readonly unknown[]];
}

/** Says why a finding of cdk-nag is no trouble here: `acknowledge(bucket, 'S1', 'It is the access log itself.')`. */
export const acknowledge = (construct: IConstruct, rule: string, reason: string): void =>
  Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });

/** Says why these resources of the construct's policies are patterns. */
export const acknowledgeWildcards = (construct: IConstruct, resources: readonly string[], reason: string): void => {
  for (const resource of resources) {
    const text = flat(Stack.of(construct).resolve(resource));
    if (text.includes('*')) acknowledge(construct, `IAM5[Resource::${text}]`, reason);
  }
};

/**
 * Says why resources are patterns in policies that the CDK writes: the reason is the one for the resource's service,
 * `*` for what has no resource. A service without a reason stays a finding.
 */
export const acknowledgePolicies = (construct: IConstruct, reasons: Readonly<Record<string, string>>): void => {
  for (const policy of construct.node.findAll().filter((child) => child instanceof CfnPolicy)) {
    const { Statement } = Stack.of(policy).resolve(policy.policyDocument) as PolicyDocument;
    for (const text of Statement.flatMap(({ Resource }) => Resource).map(flat)) {
      const reason = reasons[text === '*' ? '*' : (/^(?:arn:[^:]+:)([^:]+):/.exec(text)?.[1] ?? 'reference')];
      if (text.includes('*') && reason !== undefined) acknowledge(policy, `IAM5[Resource::${text}]`, reason);
    }
  }
};

interface PolicyDocument {
  readonly Statement: readonly { readonly Resource: unknown }[];
}
