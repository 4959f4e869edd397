import { describe, expect, it } from '@jest/globals';
import type { AslMachine } from '../../../domain/machine/asl.ts';
import { mermaid } from '../../../cli/graph/mermaid.ts';

const machine: AslMachine = {
  StartAt: 'Check "it"',
  States: {
    Lost: { Type: 'Fail' },
    Done: { Type: 'Succeed' },
    Bake: { Type: 'Wait', Seconds: 1800, Next: 'Approve' },
    Approve: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Next: 'Done',
      Catch: [
        { ErrorEquals: ['Throttled', 'States.Timeout'], Next: 'End' },
        { ErrorEquals: ['States.ALL'], Next: 'Lost' },
      ],
    },
    End: { Type: 'Pass', Next: 'Lost' },
    Stacks: {
      Type: 'Map',
      Next: 'Bake',
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Lost' }],
      ItemProcessor: {
        StartAt: 'Claim Stack',
        States: {
          'Claim Stack': { Type: 'Task', Next: 'Record', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Record' }] },
          Record: { Type: 'Task', End: true },
        },
      },
    },
    'Passed?': {
      Type: 'Choice',
      Choices: [{ Variable: '$.check.passed', BooleanEquals: true, Next: 'Stacks' }],
      Default: 'Lost',
    },
    'Check "it"': { Type: 'Task', Next: 'Passed?' },
  },
};

describe('mermaid', () => {
  it('draws the successful way thick, errors dashed, and a map as a box with its body', () => {
    expect(mermaid('sample', machine)).toBe(`---
title: sample
---
flowchart TD
  begin(( )) ==> Check_it
  Check_it["Check #quot;it#quot;"]
  Passed{"Passed?"}
  subgraph Stacks["Stacks: for each stack"]
    direction TB
    Claim_Stack["Claim Stack"]
    Record["Record"]
    Claim_Stack ==> Record
    Claim_Stack -.-> Record
  end
  Bake(["Bake<br/>30 min"])
  Approve{{"Approve"}}
  Done(["Done"]):::ended
  Lost(["Lost"]):::failed
  End_[/"End"/]
  Check_it ==> Passed
  Passed ==>|"passed"| Stacks
  Passed -->|"otherwise"| Lost
  Stacks ==> Bake
  Bake ==> Approve
  Approve ==> Done
  End_ --> Lost
  Stacks & Approve -.-> Lost
  Approve -.->|"Throttled, States.Timeout"| End_
  classDef ended stroke:#2e7d32,stroke-width:3px
  classDef failed stroke:#c62828,stroke-width:3px
`);
  });

  it('gives states whose names differ in signs only ids of their own', () => {
    const text = mermaid('two', {
      StartAt: 'Passed',
      States: { Passed: { Type: 'Pass', Next: 'Passed?' }, 'Passed?': { Type: 'Succeed' } },
    });
    expect(text).toContain('Passed ==> Passed_2');
  });

  it('ends on a machine that goes round in circles', () => {
    const text = mermaid('loop', {
      StartAt: 'A',
      States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } },
    });
    expect(text).toContain('A --> B\n  B --> A');
  });
});
