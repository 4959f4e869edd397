import { describe, expect, it } from '@jest/globals';
import { Chain } from 'aws-cdk-lib/aws-stepfunctions';
import {
  choice,
  executionInput,
  equals,
  fail,
  isTrue,
  pass,
  pathOf,
  succeed,
  waitMinutes,
  waitSeconds,
} from '../../../statemachines/typed/index.ts';
import { renderMachine } from './render-machine.ts';

const input = executionInput<{ dryRun: boolean; outcome: 'PROMOTED' | 'REJECTED'; settleSeconds: number }>();

describe('choice', () => {
  it('renders its branches in order and the default', () => {
    const { definition } = renderMachine((workflow) =>
      waitMinutes(workflow, 'Bake Canary', 30).next(
        choice(workflow, 'How Did It End?')
          .when(isTrue(input.dryRun), succeed(workflow, 'Planned'))
          .when(equals(input.outcome, 'REJECTED'), fail(workflow, 'Rejected', { error: 'REJECTED' }))
          .otherwise(
            waitSeconds(workflow, 'Settle', input.settleSeconds).next(waitSeconds(workflow, 'Settle More', 60)),
          ),
      ),
    );
    expect(definition).toEqual({
      StartAt: 'Bake Canary',
      States: {
        'Bake Canary': { Type: 'Wait', Seconds: 1800, Next: 'How Did It End?' },
        'How Did It End?': {
          Type: 'Choice',
          Choices: [
            { Variable: '$.dryRun', BooleanEquals: true, Next: 'Planned' },
            { Variable: '$.outcome', StringEquals: 'REJECTED', Next: 'Rejected' },
          ],
          Default: 'Settle',
        },
        Planned: { Type: 'Succeed' },
        Rejected: { Type: 'Fail', Error: 'REJECTED' },
        Settle: { Type: 'Wait', SecondsPath: '$.settleSeconds', Next: 'Settle More' },
        'Settle More': { Type: 'Wait', Seconds: 60, End: true },
      },
    });
  });

  it('goes on after its open branches', () => {
    const { definition } = renderMachine((workflow) =>
      choice(workflow, 'Dry Run?')
        .when(isTrue(input.dryRun), waitMinutes(workflow, 'Pause', 1))
        .otherwise(succeed(workflow, 'Done'))
        .afterwards()
        .next(succeed(workflow, 'Paused')),
    );
    expect(definition.States.Pause).toEqual({ Type: 'Wait', Seconds: 60, Next: 'Paused' });
    expect(definition.States['Dry Run?']).toMatchObject({ Default: 'Done' });
  });

  it('goes on by default', () => {
    const { definition } = renderMachine((workflow) =>
      choice(workflow, 'Dry Run?')
        .when(isTrue(input.dryRun), succeed(workflow, 'Planned'))
        .otherwiseContinue()
        .next(succeed(workflow, 'Done')),
    );
    expect(definition.States['Dry Run?']).toMatchObject({ Default: 'Done' });
  });
});

describe('pass', () => {
  it('keeps literals and references in the field that its id names', () => {
    const { definition } = renderMachine((workflow) => {
      const scope = pass(workflow, 'Keep Scope', { dry: input.dryRun, ring: 'canary', window: null });
      expect(pathOf(scope.result.ring)).toBe('$.keepScope.ring');
      expect(scope.id).toBe('Keep Scope');
      return Chain.start(scope).next(pass(workflow, 'Keep More', {}).next(succeed(workflow, 'Done')));
    });
    expect(definition.States['Keep Scope']).toEqual({
      Type: 'Pass',
      Parameters: { 'dry.$': '$.dryRun', ring: 'canary', window: null },
      ResultPath: '$.keepScope',
      Next: 'Keep More',
    });
  });
});
