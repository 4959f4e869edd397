import { App, Stack } from 'aws-cdk-lib';
import { Function, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { StateGraph } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { kebabCase, type Contract } from '../contracts/contract.ts';
import type { Configuration } from '../domain/configuration.ts';
import type { NamedMachine } from '../domain/machine/asl.ts';
import { campaign } from '../statemachines/campaign.ts';
import { restore } from '../statemachines/restore.ts';
import { functionArn, machineNames } from './names.ts';

/** A text that is put together at the deployment; only the partition is not known before, and no picture shows it. */
const asText = (_key: string, value: unknown): unknown => {
  const join = (value as { readonly 'Fn::Join'?: readonly [string, readonly unknown[]] } | null)?.['Fn::Join'];
  return join === undefined ? value : join[1].map((part) => (typeof part === 'string' ? part : 'aws')).join(join[0]);
};

const builders = { campaign, restore } as const;

/**
 * The definitions of both machines as a configuration makes them, for whoever draws them. They are built apart from the
 * stack that is deployed: code has to stand before the functions do, and these before the machines.
 */
export const machineDefinitions = (configuration: Configuration): readonly NamedMachine[] => {
  // Below `cdk` every app writes itself over the one that is deployed when the process ends, unless it is told not to.
  const app = new App({ analyticsReporting: false, autoSynth: false });
  const stack = new Stack(app, 'Machines', { env: { ...configuration.hub } });
  const planBucket = Bucket.fromBucketName(stack, 'Plans', 'plans');
  const functions = new Map<string, IFunction>();
  const functionFor = ({ name }: Contract): IFunction => {
    const made = functions.get(name) ?? Function.fromFunctionArn(stack, name, functionArn(stack, kebabCase(name)));
    functions.set(name, made);
    return made;
  };
  return (['campaign', 'restore'] as const).map((name) => {
    const scope = new Construct(stack, `${name}States`);
    const { startState } = builders[name]({ scope, functionFor }, { configuration, planBucket });
    const graph = new StateGraph(startState, machineNames[name]);
    const definition = JSON.stringify(stack.resolve(graph.toGraphJson()), asText);
    return { name: machineNames[name], definition: JSON.parse(definition) as NamedMachine['definition'] };
  });
};
