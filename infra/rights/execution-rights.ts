import type { Construct } from 'constructs';
import type { Handler } from '../handlers/handler.ts';
import { machineArn, machineNames } from '../names.ts';
import type { Right } from './right.ts';

/**
 * Starting, looking at and answering executions. A token of a distributed map's child belongs to `<machine>/<label>`,
 * hence the patterns.
 */
export const executionRights = (
  scope: Construct,
  { starts, uses }: Pick<Handler, 'starts' | 'uses'>,
): readonly Right[] => {
  const calls = uses.executions ?? [];
  const started = [starts ?? []].flat().map((name) => machineArn(scope, machineNames[name]));
  const answers = [
    ...(calls.includes('succeed') ? ['states:SendTaskSuccess'] : []),
    ...(calls.includes('fail') ? ['states:SendTaskFailure'] : []),
  ];
  const machines = Object.values(machineNames).map((name) => machineArn(scope, name));
  const campaigns = machineArn(scope, machineNames.campaign).replace(':stateMachine:', ':execution:');
  const rights: Right[] = [
    ...(calls.includes('stop')
      ? [
          {
            actions: ['states:StopExecution'],
            resources: [`${campaigns}:*`],
            because: 'Which campaign is stopped is known when somebody asks for it, or when its halt expires.',
          },
        ]
      : []),
    ...(started.length === 0 ? [] : [{ actions: ['states:StartExecution'], resources: started }]),
    {
      actions: calls.includes('status') ? ['states:DescribeExecution'] : [],
      resources: machines.map((arn) => `${arn.replace(':stateMachine:', ':execution:')}:*`),
      because: 'An execution is known by its name when it has been started.',
    },
    {
      actions: answers,
      resources: machines.flatMap((arn) => [arn, `${arn}/*`]),
      because: 'The tokens of a distributed map belong to the machine and the label of the map.',
    },
  ];
  return rights.filter(({ actions }) => actions.length > 0);
};
