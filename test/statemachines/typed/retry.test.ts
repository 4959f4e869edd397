import { describe, expect, it } from '@jest/globals';
import type { Retryability } from '../../../contracts/contract.ts';
import { lambdaTransientErrors, retryOf } from '../../../statemachines/typed/retry.ts';
import { readPlan } from './sample-contracts.ts';

const retriedWith = (errors: Record<string, Retryability>) => retryOf({ ...readPlan, errors }).errors;

describe('retryOf', () => {
  it.each<[errors: Record<string, Retryability>, passing: string[]]>([
    [{}, []],
    [{ Throttled: 'retry' }, ['Throttled']],
    [{ ImageNotFound: 'final' }, []],
    [{ Throttled: 'retry', ImageNotFound: 'final', StackBusy: 'retry' }, ['Throttled', 'StackBusy']],
  ])('retries of %j beside the errors of Lambda: %j', (errors, passing) => {
    expect(retriedWith(errors)).toEqual([...lambdaTransientErrors, ...passing]);
  });

  it.each([
    'States.ALL',
    'States.TaskFailed',
    'States.Timeout',
    'States.Runtime',
    'ContractViolation',
    'Error',
    'TypeError',
  ])('never retries %s', (name) => {
    expect(retriedWith({ Throttled: 'retry' })).not.toContain(name);
  });

  it('refuses a contract that would have a violated contract retried', () => {
    expect(() => retriedWith({ ContractViolation: 'retry' })).toThrow('ContractViolation is never retried');
  });
});
