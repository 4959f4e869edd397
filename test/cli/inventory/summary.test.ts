import { describe, expect, it } from '@jest/globals';
import { inventorySummary } from '../../../cli/inventory/summary.ts';
import { anInventory, rare } from '../../rehearsal/inventory/an-inventory.ts';
import { plainTerminal } from '../plain-terminal.ts';

const place = { account: '999988887777', region: 'us-east-1' };
const summary = (...inventory: Parameters<typeof anInventory>) =>
  inventorySummary(anInventory(...inventory), 'fleet.json', plainTerminal(80));

describe('inventorySummary', () => {
  it('has a line for each target with opted-in stacks, then what is missing and why', () => {
    const stacks = [
      { stackName: 'a' },
      { stackName: 'b' },
      { stackName: 'c', ring: 'canary', image: rare },
      { stackName: 'd', region: 'us-east-1', mode: 'ssm', ssmParameter: '/d/image' },
    ] as const;
    const text = summary(stacks, {
      leftOut: [{ stackId: 'x', stackName: 'batch', ...place, environment: '', reason: 'a nested stack' }],
      unreachable: [{ account: '444455556666', region: 'eu-west-1', reason: 'AssumeRole was refused' }],
      gaps: [{ ...place, what: 'running images', reason: 'no right to see them' }],
      counts: { targets: 3, seen: 300, notOptedIn: 290, otherFamilies: 1 },
    });
    expect(text).toBe(`4 stacks in 2 targets, written to fleet.json

account/region          stacks  ssm  left out  current images
999988887777/eu-west-1  3       0    0         2 × ami-…aaaaa1, 1 more
999988887777/us-east-1  1       1    1         1 × ami-…aaaaa1

Rings: by share 3, canary 1.
1 stack with instances on another image than the parameter says.
290 stacks did not opt in (no tag ami-rollout:family); 1 stack of other families.

Left out
  - batch (999988887777/us-east-1): a nested stack

Not read
  - 444455556666/eu-west-1: AssumeRole was refused

Not known
  - 999988887777/us-east-1, running images: no right to see them
`);
  });

  it('says so when nobody opted in', () => {
    expect(summary([], { counts: { targets: 1, seen: 7, notOptedIn: 7, otherFamilies: 0 } })).toBe(
      '0 stacks in 1 target, written to fleet.json\n\n7 stacks did not opt in (no tag ami-rollout:family).\n',
    );
  });

  it('lists ten of many, and says how many more there are', () => {
    const leftOut = Array.from({ length: 12 }, (_, index) => ({
      stackId: `${index}`,
      stackName: `app-${index}`,
      ...place,
      environment: '',
      reason: 'held',
    }));
    const text = summary([{}], { leftOut });
    expect(text).toContain('- app-9 ');
    expect(text).not.toContain('- app-10 ');
    expect(text).toContain('  … and 2 more: the file has them all\n');
  });
});
