import { describe, expect, it } from '@jest/globals';
import { callsPerStack, figuresOf } from '../../bench/rehearsals/figures.ts';
import { sampleReport } from '../cli/rehearse/sample-report.ts';

const measured = (fields: object = {}) => ({
  ...sampleReport(),
  cpuSeconds: 1,
  updated: 10,
  restored: 0,
  calls: { 'cloudformation.DescribeStacks': 60, 'cloudformation.UpdateStack': 10, 'ssm.GetParameter': 30 },
  throttled: 2,
  criticalPathSeconds: 1_000,
  virtualSeconds: 1_040,
  ...fields,
});

describe('figuresOf', () => {
  it('leaves the listing of all stacks out of what CloudFormation is asked for one', () => {
    const figures = figuresOf(measured(), 10, 40);
    expect(figures['CloudFormation calls per stack']).toBe(3);
    expect(figures['calls per stack']).toBe(10);
  });

  it('gives the share of throttled calls in per cent and the makespan over its bound', () => {
    const figures = figuresOf(measured(), 10, 0);
    expect(figures['throttled calls, %']).toBe(2);
    expect(figures['makespan / critical path']).toBeCloseTo(1.04);
  });

  it('divides by the stacks that were written where a restore has left none done', () => {
    const figures = figuresOf(measured({ transitions: { total: 121, perUpdatedStack: 0 } }), 10, 0);
    expect(figures['transitions per updated stack']).toBe(12.1);
  });
});

describe('callsPerStack', () => {
  it('divides each count', () => {
    expect(callsPerStack({ calls: { 'ssm.GetParameter': 12 } }, 8)).toEqual({ 'ssm.GetParameter': 1.5 });
  });
});
