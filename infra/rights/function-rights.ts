import type { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import { gateArns } from '../gate-arns.ts';
import type { Handler } from '../handlers/handler.ts';
import { functionArn } from '../names.ts';
import type { Right } from './right.ts';

/** Calling functions and machines: what the product queues for itself, and the gates that the configuration names. */
export const functionRights = (
  scope: Construct,
  {
    queues = ['claim-stack'],
    calls,
    uses: { functions = [], gateMachines = [] },
  }: Pick<Handler, 'queues' | 'calls' | 'uses'>,
  configuration: Pick<Configuration, 'gates'>,
): readonly Right[] => {
  const machines = gateArns(configuration, 'stateMachine');
  const rights: Right[] = [
    {
      actions: ['lambda:InvokeFunction'],
      resources: [
        ...(functions.includes('queue') ? queues.map((name) => functionArn(scope, name)) : []),
        ...(functions.includes('call')
          ? (calls?.map((name) => functionArn(scope, name)) ?? gateArns(configuration, 'function'))
          : []),
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
