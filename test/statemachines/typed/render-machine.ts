import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { DefinitionBody, StateMachine, type IChainable } from 'aws-cdk-lib/aws-stepfunctions';
import { kebabCase } from '../../../contracts/contract.ts';
import type { Definition } from '../../../statemachines/typed/asl.ts';
import type { Workflow } from '../../../statemachines/typed/index.ts';

/** What a rendered test machine shows: the definition as deployed, and the statements its role got. */
export interface RenderedMachine {
  readonly definition: Definition;
  readonly statements: readonly { readonly Action: unknown; readonly Resource: unknown }[];
}

const account = '111111111111';
const region = 'eu-west-1';

/** The ARN under which the test machines know the function of a task. */
export const functionArn = (name: string): string => `arn:aws:lambda:${region}:${account}:function:${kebabCase(name)}`;

/** A bucket with a key of its own, both known by name. */
export const sampleBucket = (workflow: Workflow, name: string): IBucket =>
  Bucket.fromBucketAttributes(workflow.scope, name, {
    bucketName: name,
    encryptionKey: Key.fromKeyArn(workflow.scope, `${name} Key`, `arn:aws:kms:${region}:${account}:key/${name}`),
  });

/** Builds a machine in a stack of its own and reads it back from the synthesised template. */
export const renderMachine = (build: (workflow: Workflow) => IChainable): RenderedMachine => {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Test', { env: { account, region } });
  const workflow: Workflow = {
    scope: stack,
    functionFor: ({ name }) =>
      (stack.node.tryFindChild(`${name} Function`) as ReturnType<typeof Function.fromFunctionArn> | undefined) ??
      Function.fromFunctionArn(stack, `${name} Function`, functionArn(name)),
  };
  new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(build(workflow)) });
  const template = Template.fromStack(stack);
  const machines = template.findResources('AWS::StepFunctions::StateMachine', Match.anyValue());
  const policies = template.findResources('AWS::IAM::Policy', Match.anyValue());
  const properties = Object.values(machines)[0]?.Properties as { readonly DefinitionString: unknown };
  return {
    definition: JSON.parse(flatten(properties.DefinitionString)) as Definition,
    statements: Object.values(policies).flatMap((policy) => {
      const { PolicyDocument } = policy.Properties as {
        PolicyDocument: { Statement: { Action: unknown; Resource: unknown }[] };
      };
      return PolicyDocument.Statement.map(({ Action, Resource }) => ({ Action, Resource: flattenAll(Resource) }));
    }),
  };
};

/** `Fn::Join` with the partition filled in, as CloudFormation would do it. */
const flatten = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, Ref } = value as { 'Fn::Join'?: [string, unknown[]]; Ref?: string };
  if (join !== undefined) return join[1].map(flatten).join(join[0]);
  return Ref === 'AWS::Partition' ? 'aws' : `<${String(Ref)}>`;
};

const flattenAll = (value: unknown): unknown => (Array.isArray(value) ? value.map(flatten) : flatten(value));
