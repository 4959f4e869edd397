import type { Construct } from 'constructs';
import type { CustomGate } from '../../domain/configuration.ts';
import type { Handler } from '../handlers.ts';
import { functionArn } from '../names.ts';
import type { Right } from './right.ts';

/** Calling functions and machines: what the product queues for itself, and the gates that the configuration names. */
export const functionRights = (
  scope: Construct,
  { queues = ['claim-stack'], uses: { functions = [], gateMachines = [] } }: Pick<Handler, 'queues' | 'uses'>,
  gates: readonly CustomGate[],
): readonly Right[] => {
  const asked = (kind: CustomGate['asks']['kind']): readonly string[] =>
    gates.filter(({ asks }) => asks.kind === kind).map(({ asks }) => asks.arn);
  const machines = asked('stateMachine');
  const rights: Right[] = [
    {
      actions: ['lambda:InvokeFunction'],
      resources: [
        ...(functions.includes('queue') ? queues.map((name) => functionArn(scope, name)) : []),
        ...(functions.includes('call') ? asked('function') : []),
      ],
    },
    { actions: ['states:StartExecution'], resources: gateMachines.includes('start') ? machines : [] },
    {
      actions: ['states:DescribeExecution'],
      resources: gateMachines.includes('outcome')
        ? machines.map((arn) => `${arn.replace(':stateMachine:', ':execution:')}:*`)
        : [],
      because: 'An execution is known by its name when it has been started.',
    },
  ];
  return rights.filter(({ resources }) => resources.length > 0);
};
