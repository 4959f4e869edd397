import type { Configuration } from '../../domain/configuration.ts';
import { mergeConfiguration, parseConfiguration } from '../../infra/config.ts';
import type { CloudFormationTemplate, TemplateResource } from '../../infra/synthesize.ts';
import rollout from '../../rollout.config.ts';

/** The shipped configuration with overrides. */
export const configurationWith = (overrides: unknown = {}): Configuration =>
  parseConfiguration(mergeConfiguration(rollout, overrides));

/** A resource with its logical id and the properties that the test expects it to have. */
export interface Found<Properties> extends Omit<TemplateResource, 'Properties'> {
  readonly id: string;
  readonly Properties: Properties;
}

/** All resources of a type. */
export const resourcesOf = <Properties = Readonly<Record<string, unknown>>>(
  template: CloudFormationTemplate,
  type: string,
): readonly Found<Properties>[] =>
  Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => ({ ...resource, id, Properties: (resource.Properties ?? {}) as Properties }));

export interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
  readonly Roles: readonly { readonly Ref: string }[];
}

export interface LambdaFunction {
  readonly FunctionName: string;
  readonly Role: { readonly 'Fn::GetAtt': readonly [string, string] };
  readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> };
  readonly Timeout: number;
}

/** The statements of a handler's role, those of shared policies included. */
export const statementsOf = (template: CloudFormationTemplate, handler: string): readonly Statement[] => {
  const found = resourcesOf<LambdaFunction>(template, 'AWS::Lambda::Function').find(
    ({ Properties }) => Properties.FunctionName === `ami-rollout-${handler}`,
  );
  const role = found?.Properties.Role['Fn::GetAtt'][0];
  if (role === undefined) throw new Error(`no function serves ${handler}`);
  const attached = JSON.stringify(template.Resources[role]?.Properties?.['ManagedPolicyArns'] ?? []);
  return [
    ...resourcesOf<Policy>(template, 'AWS::IAM::Policy').filter(({ Properties }) =>
      Properties.Roles.some(({ Ref }) => Ref === role),
    ),
    ...resourcesOf<Policy>(template, 'AWS::IAM::ManagedPolicy').filter(({ id }) => attached.includes(`"${id}"`)),
  ].flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
};

/** The actions of statements. */
export const actionsOf = (statements: readonly Statement[]): readonly string[] =>
  [...new Set(statements.flatMap(({ Action }) => Action))].sort();
