import { beforeAll, describe, expect, it } from '@jest/globals';
import type { AslMachine } from '../../../domain/machine/asl.ts';
import { overview } from '../../../cli/graph/overview.ts';
import { loadDeployment } from '../../../rehearsal/definitions/load-deployment.ts';
import { configurationWith } from '../../infra/deployed.ts';

const campaignOf = async (overrides: unknown = {}): Promise<AslMachine> => {
  const { deployment } = await loadDeployment(configurationWith(overrides));
  const found = deployment.machines.find(({ name }) => name === 'ami-rollout-campaign');
  return found?.definition as AslMachine;
};

describe('overview', () => {
  let text = '';
  beforeAll(async () => {
    text = overview(await campaignOf());
  });

  it('has a stage for each ring and one before them, in their order', () => {
    expect([...text.matchAll(/subgraph (\w+)\["([^"]+)"\]/g)].map(([, id, title]) => [id, title])).toEqual([
      ['stage_1', 'Before a stack is touched'],
      ['stage_2', 'Canary Ring'],
      ['stage_3', 'Full Ring'],
      ['each_stack', 'For each stack of a ring'],
    ]);
    expect(text).toContain('stage_1 ==> stage_2 ==> stage_3');
  });

  it('leaves out choices and keeps every step of the successful way', () => {
    expect(text).not.toContain('?"');
    for (const step of ['Tag Check', 'Inspector Scan', 'Claim Stack', 'Verify Instances', 'Promote Image', 'Done'])
      expect(text).toContain(`"${step}"`);
  });

  it('says where a failure leads: to a refusal before the first ring, to the restore after', () => {
    expect([...text.matchAll(/(\w+) -\.-> (\w+)/g)].map(([, from, to]) => [from, to])).toEqual([
      ['stage_1', 'Report_Rejected'],
      ['stage_2', 'Restore_Previous_Image'],
      ['stage_3', 'Restore_Previous_Image'],
      ['stage_3', 'Refused'],
    ]);
    expect(text).toContain('Restore_Previous_Image --> Report_Restored');
  });

  it('follows the configuration', async () => {
    const rings = [
      { name: 'canary', sharePercent: 5 },
      { name: 'staging', sharePercent: 20, bakeMinutes: 15 },
      { name: 'full', sharePercent: null },
    ];
    const other = overview(await campaignOf({ rings }));
    expect(other).toContain('subgraph stage_3["Staging Ring"]');
    expect(other).toContain('Bake Staging Ring<br/>15 min');
  });
});
