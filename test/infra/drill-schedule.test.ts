import { describe, expect, it } from '@jest/globals';
import { synthesizeHub } from '../../infra/synthesize.ts';
import { configurationWith, resourcesOf } from './deployed.ts';

const drill = (over: object = {}) => {
  const [target] = configurationWith().targets.list;
  const family = configurationWith().families[0]?.name;
  return { stacks: [{ name: 'staging-drill', ...target, family }], ...over };
};
const schedules = (over: unknown) =>
  resourcesOf<{
    ScheduleExpression: string;
    ScheduleExpressionTimezone: string;
    Target: {
      Arn: object;
      Input: string | { 'Fn::Join': [string, unknown[]] };
      RoleArn: { 'Fn::GetAtt': [string, string] };
    };
  }>(synthesizeHub(configurationWith(over), { bundle: false }), 'AWS::Scheduler::Schedule');

describe('the schedule of drills', () => {
  it('is off where nobody asks for it', () => {
    expect(schedules({})).toEqual([]);
    expect(schedules({ drill: drill() })).toEqual([]);
  });

  it('starts a campaign for each designated stack, in its time zone, and may do nothing else', () => {
    const schedule = { expression: 'cron(0 10 ? * TUE#1 *)', timeZone: 'Europe/Berlin' };
    const [one, ...others] = schedules({ drill: drill({ schedule }) });
    expect(others).toEqual([]);
    expect(one?.Properties).toMatchObject({
      ScheduleExpression: schedule.expression,
      ScheduleExpressionTimezone: 'Europe/Berlin',
    });
    const { Input: given = '' } = one?.Properties.Target ?? {};
    const parts = typeof given === 'string' ? [given] : given['Fn::Join'][1];
    const input = parts.map((part) => (typeof part === 'string' ? part : 'REF')).join('');
    const { StateMachineArn, Name, Input } = JSON.parse(input) as Record<string, string>;
    expect(StateMachineArn).toMatch(/:stateMachine:ami-rollout-campaign$/);
    expect(Name).toBe('drill-<aws.scheduler.execution-id>');
    expect(JSON.parse(Input ?? '')).toEqual({
      drill: 'staging-drill',
      reason: 'drill by schedule cron(0 10 ? * TUE#1 *)',
    });
    const template = synthesizeHub(configurationWith({ drill: drill({ schedule }) }), { bundle: false });
    const role = one?.Properties.Target.RoleArn['Fn::GetAtt'][0];
    const statements = resourcesOf<{ PolicyDocument: { Statement: { Action: unknown }[] }; Roles: { Ref: string }[] }>(
      template,
      'AWS::IAM::Policy',
    )
      .filter(({ Properties }) => Properties.Roles.some(({ Ref }) => Ref === role))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(statements.map(({ Action }) => Action)).toEqual(['states:StartExecution']);
  });
});

describe('option drill', () => {
  const mistake = (over: unknown): string => {
    try {
      configurationWith({ drill: over });
      return 'accepted';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it.each([
    ['a schedule without a stack', { schedule: { expression: 'rate(30 days)' } }, 'drill.schedule'],
    ['production', drill({ environments: ['production'] }), 'must be no production'],
    ['production by another name', drill({ environments: ['eu_prod1'] }), 'must be no production'],
    ['an unknown family', { stacks: [{ ...drill().stacks[0], family: 'nobody' }] }, "there is no family 'nobody'"],
    [
      'a stack outside the targets',
      { stacks: [{ ...drill().stacks[0], account: '999999999999' }] },
      'is none of the targets',
    ],
    [
      'two stacks of a family at the same moment',
      {
        stacks: [drill().stacks[0], { ...drill().stacks[0], name: 'second-drill' }],
        schedule: { expression: 'rate(30 days)' },
      },
      'would drill second-drill and staging-drill at the same moment',
    ],
    ['the same name twice', { stacks: [drill().stacks[0], drill().stacks[0]] }, 'is the same as that of entry 0'],
    [
      'what the scheduler does not read',
      drill({ schedule: { expression: 'monthly' } }),
      'an expression of EventBridge Scheduler',
    ],
  ])('refuses %s', (_what, over, message) => {
    expect(mistake(over)).toContain(message);
  });
});
