import { describe, expect, it } from '@jest/globals';
import { StackBusy } from '../../../domain/errors.ts';
import type { ChangeSet } from '../../../domain/ports/stacks.ts';
import type { Campaign } from '../../../domain/records/campaign.ts';
import type { StackRecord } from '../../../domain/records/stack-record.ts';
import { findWait } from '../../../domain/store/waits.ts';
import { aConfiguration } from '../fakes/configuration.ts';
import { newImage, oldImage } from '../fakes/names.ts';
import { readAgain, trailOf } from '../fakes/seed.ts';
import { aPrevious } from '../fakes/stack-record.ts';
import { imageOnly } from '../fakes/stacks.ts';
import type { World } from '../fakes/world.ts';
import { back, forward, fresh, openRestore, tokenOf, worldWith } from './apply-world.ts';

const previewing = { stacks: { ...aConfiguration().stacks, previewChanges: true } };
const previewed = (record: StackRecord = fresh(), over: Partial<Campaign> = {}) => worldWith(record, over, previewing);

const pending: ChangeSet = { state: 'pending', createdAt: new Date('2026-11-22T12:00:00.000Z') };
const withDatabase: ChangeSet = {
  state: 'ready',
  content: {
    ...imageOnly,
    changes: [
      ...imageOnly.changes,
      {
        logicalId: 'Database',
        type: 'AWS::RDS::DBInstance',
        action: 'Modify',
        replacement: 'True',
        causes: [{ target: 'Properties.EngineVersion', source: 'ParameterReference', entity: 'Version' }],
        nested: null,
      },
    ],
  },
};
const namesOf = ({ stacks }: World) => stacks.calls.map((call) => call.split(' ')[0]);
const whatsOf = async (world: World, { stackId }: StackRecord) =>
  (await trailOf(world, 'campaign-1', stackId)).map(({ what }) => what);

describe('apply with previews', () => {
  it('looks at a change set of the update, deletes it, and then updates as ever', async () => {
    const { world, record } = await previewed();
    await forward(world, record);
    const token = await tokenOf(world, record);
    expect(world.stacks.calls).toEqual([`createChangeSet ${token}`, 'changeSet', `deleteChangeSet ${token}`, 'update']);
    expect(await trailOf(world, 'campaign-1', record.stackId)).toMatchObject([
      { what: 'apply forward' },
      { what: 'preview', evidence: { changeSet: token } },
      {
        what: 'preview accepted',
        evidence: {
          changes: [
            'Modify Template (AWS::EC2::LaunchTemplate), replacement False',
            'Modify Group (AWS::AutoScaling::AutoScalingGroup), replacement Conditional',
          ],
        },
      },
    ]);
  });

  it('updates nothing that would change more, names it, and deletes the change set', async () => {
    const { world, record } = await previewed();
    world.stacks.changeSets = [withDatabase];
    await expect(forward(world, record)).rejects.toMatchObject({
      name: 'PreviewRefused',
      message: expect.stringMatching(
        /^app-0001 was not updated: .*Database \(AWS::RDS::DBInstance\) would be replaced/,
      ),
    });
    expect(namesOf(world)).toEqual(['createChangeSet', 'changeSet', 'deleteChangeSet']);
    expect(await whatsOf(world, record)).toEqual(['apply forward', 'preview', 'preview refused']);
    expect(await findWait(world, await tokenOf(world, record))).toBeUndefined();
  });

  it.each<[string, ChangeSet, RegExp]>([
    ['failed', { state: 'failed', reason: 'Parameter Size is too large' }, /could not make .*: Parameter Size/],
    ['never ends', { ...pending, createdAt: new Date('2026-11-22T11:58:00.000Z') }, /not finished .* in 120 seconds/],
  ])('does not update by a change set that %s', async (_what, seen, message) => {
    const { world, record } = await previewed();
    world.stacks.changeSets = [seen];
    await expect(forward(world, record)).rejects.toMatchObject({
      name: 'PreviewRefused',
      message: expect.stringMatching(message),
    });
    expect(namesOf(world).at(-1)).toBe('deleteChangeSet');
    expect(world.stacks.updates).toEqual([]);
  });

  it('completes at once where nothing would change', async () => {
    const { world, record } = await previewed();
    world.stacks.changeSets = [{ state: 'empty' }];
    world.stacks.onUpdate = () => Promise.resolve(false);
    await forward(world, record);
    expect(namesOf(world)).toEqual(['createChangeSet', 'changeSet', 'deleteChangeSet', 'update']);
    expect(world.executions.completed).toEqual([{ taskToken: 'token-1', output: { changed: false } }]);
  });

  it('waits twenty seconds for it, then leaves it to the retry, which finds it by its name', async () => {
    const { world, record } = await previewed();
    world.stacks.changeSets = [pending];
    await expect(forward(world, record)).rejects.toMatchObject({ name: 'PreviewNotReady' });
    expect(world.clock.slept.reduce((sum, one) => sum + one, 0)).toBe(20_000);
    expect(namesOf(world)).not.toContain('deleteChangeSet');
    const token = await tokenOf(world, record);

    world.stacks.changeSets = [{ state: 'ready', content: imageOnly }];
    world.stacks.calls.length = 0;
    await forward(world, record, 'token-2');
    expect(world.stacks.calls.slice(-4)).toEqual([
      `createChangeSet ${token}`,
      'changeSet',
      `deleteChangeSet ${token}`,
      'update',
    ]);
    expect(await findWait(world, token)).toMatchObject({ taskToken: 'token-2' });
  });

  it('has a new one made where the stack has changed since', async () => {
    const { world, record } = await previewed();
    world.stacks.changeSets = [{ state: 'obsolete' }];
    await expect(forward(world, record)).rejects.toMatchObject({ name: 'PreviewNotReady' });
    expect(namesOf(world).at(-1)).toBe('deleteChangeSet');
  });

  it('waits again for a stack that somebody else is updating', async () => {
    const { world, record } = await previewed();
    world.stacks.createChangeSet = () => Promise.reject(new StackBusy('busy'));
    await expect(forward(world, record)).rejects.toThrow(StackBusy);
    expect(await readAgain(world, record)).toMatchObject({ operation: null, touched: false });
  });

  it('is fenced after the preview, too', async () => {
    const { world, record } = await previewed();
    const { deleteChangeSet } = world.stacks;
    world.stacks.deleteChangeSet = async (...of) => {
      await deleteChangeSet(...of);
      await openRestore(world);
    };
    await expect(forward(world, record)).rejects.toMatchObject({ name: 'Fenced' });
    expect(world.stacks.updates).toEqual([]);
  });

  it('looks at it after the SSM parameter was written: before, there would be nothing to see', async () => {
    const { world, record } = await previewed(
      fresh({
        mode: 'ssm',
        ssmParameter: '/golden/image',
        previous: aPrevious({ parameterValue: '/golden/image', ssm: { value: oldImage, version: 1 } }),
      }),
    );
    world.parameters.set('/golden/image', oldImage);
    let atPreview: string | undefined;
    const { createChangeSet } = world.stacks;
    world.stacks.createChangeSet = (...of) => {
      atPreview = world.parameters.valueOf('/golden/image');
      return createChangeSet(...of);
    };
    await forward(world, record);
    expect(atPreview).toBe(newImage);
  });

  it('asks nobody on the way back', async () => {
    const { world, record } = await previewed(fresh({ status: 'restoring', touched: true }), { phase: 'restoring' });
    await back(world, record);
    expect(namesOf(world)).not.toContain('createChangeSet');
  });

  it('is off where the configuration does not ask for it', async () => {
    const { world, record } = await worldWith();
    await forward(world, record);
    expect(world.stacks.calls).toEqual(['update']);
  });
});
