import { describe, expect, it } from '@jest/globals';
import { schemaVersion } from '../../../domain/records/schema-version.ts';
import { getCampaign } from '../../../domain/store/campaigns.ts';
import { getStackRecord, stackRecords } from '../../../domain/store/stack-records.ts';
import { typedItem } from '../../../domain/store/typed-item.ts';
import { seedCampaign, seedStacks } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld } from '../fakes/world.ts';

describe('typedItem', () => {
  it.each([schemaVersion, schemaVersion - 1])('reads a record of version %d', (version) => {
    expect(typedItem({ schemaVersion: version })).toEqual({ schemaVersion: version });
  });

  it('does not guess what a newer version has written', () => {
    expect(() => typedItem({ schemaVersion: schemaVersion + 1 })).toThrow(
      expect.objectContaining({ name: 'NewerRecord', message: expect.stringContaining('deploy the newer version') }),
    );
  });

  it('stands before every way to read', async () => {
    const world = aWorld();
    const newer = { schemaVersion: schemaVersion + 1 };
    const record = aStackRecord(newer);
    await seedCampaign(world, newer);
    await seedStacks(world, record);
    await expect(getCampaign(world, 'campaign-1')).rejects.toMatchObject({ name: 'NewerRecord' });
    await expect(getStackRecord(world, record)).rejects.toMatchObject({ name: 'NewerRecord' });
    await expect(stackRecords(world, 'campaign-1').next()).rejects.toMatchObject({ name: 'NewerRecord' });
  });
});
