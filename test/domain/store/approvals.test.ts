import { describe, expect, it } from '@jest/globals';
import { schemaVersion } from '../../../domain/records/schema-version.ts';
import { findApproval } from '../../../domain/store/approvals.ts';
import { keys } from '../../../domain/store/keys.ts';
import { anApproval } from '../fakes/approval.ts';
import { aWorld } from '../fakes/world.ts';

describe('findApproval', () => {
  it('finds the one of campaign and ring', async () => {
    const world = aWorld();
    await world.table.put(keys.approval('campaign-1', 'canary'), { ...anApproval() });
    expect(await findApproval(world, 'campaign-1', 'canary')).toMatchObject(anApproval());
    expect(await findApproval(world, 'campaign-1', 'full')).toBeUndefined();
    expect(await findApproval(world, 'campaign-2', 'canary')).toBeUndefined();
  });

  it('does not guess what a newer version has written', async () => {
    const world = aWorld();
    await world.table.put(keys.approval('campaign-1', 'canary'), {
      ...anApproval({ schemaVersion: schemaVersion + 1 }),
    });
    await expect(findApproval(world, 'campaign-1', 'canary')).rejects.toMatchObject({ name: 'NewerRecord' });
  });
});
