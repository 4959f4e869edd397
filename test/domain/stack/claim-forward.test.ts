import { describe, expect, it } from '@jest/globals';
import { Throttled } from '../../../domain/errors.ts';
import { claim } from '../../../domain/stack/claim.ts';
import { keys } from '../../../domain/store/keys.ts';
import { aGroup } from '../fakes/groups.ts';
import { anImage } from '../fakes/images.ts';
import { foreignImage, here, newImage, oldImage } from '../fakes/names.ts';
import { readAgain, seedStack, trailOf } from '../fakes/seed.ts';
import { aClaimedStack, aPrevious, aStackRecord, aTask } from '../fakes/stack-record.ts';
import { aStack, parameters, rollingTemplate, ssmParameters } from '../fakes/stacks.ts';
import { aWorld, type World } from '../fakes/world.ts';
import { claimableWorld, claimForward } from './claim-world.ts';

describe('claim forward', () => {
  it('goes, and records what the stack had and what its update must repeat', async () => {
    const { world, record } = await claimableWorld();
    expect(await claimForward(world, record)).toMatchObject({
      status: 'updating',
      reason: '',
      claimedAt: '2026-11-22T12:00:00.000Z',
      replacement: 'rolling',
      previous: { parameterValue: oldImage, image: oldImage, ssm: null, running: { [oldImage]: 2 } },
      instances: { [oldImage]: 2 },
      shape: { parameters: [{ name: 'ImageId' }, { name: 'Size' }], capabilities: ['CAPABILITY_IAM'] },
      touched: false,
      operation: null,
      busySince: null,
    });
    expect(world.executions.completed).toEqual([
      { taskToken: 'token-1', output: { decision: 'go', reason: 'claimed', updateTimeoutSeconds: 120 * 60 } },
    ]);
    expect(world.stacks.updates).toEqual([]);
  });

  it('gives the update the time for which CloudFormation goes on watching the stack', async () => {
    const rollback = { triggers: [], monitoringMinutes: 90 };
    const { world, record } = await claimableWorld((changed) => changed.stacks.put(aStack({ rollback })));
    expect(await claimForward(world, record)).toMatchObject({ monitoringMinutes: 90 });
    expect(world.executions.completed).toMatchObject([{ output: { updateTimeoutSeconds: (120 + 90) * 60 } }]);
  });

  it('writes the previous value into the trail as evidence', async () => {
    const { world, record } = await claimableWorld();
    await claimForward(world, record);
    const [entry] = await trailOf(world, 'campaign-1', record.stackId);
    expect(entry).toMatchObject({ who: 'Claim Stack', what: 'claim forward', evidence: { image: oldImage } });
  });

  it("records the SSM parameter's value and version beside what it resolved to", async () => {
    const world = aWorld();
    const record = await seedStack(world, aStackRecord({ mode: 'ssm', ssmParameter: '/golden/image' }));
    world.stacks.put(aStack({ parameters: ssmParameters(oldImage) }));
    world.images.put(anImage({ id: oldImage }));
    world.parameters.set('/golden/image', oldImage, here, 7);
    expect((await claimForward(world, record)).previous).toEqual(
      aPrevious({ parameterValue: '/golden/image', ssm: { value: oldImage, version: 7 } }),
    );
  });

  it.each<[string, (world: World) => unknown, string | RegExp]>([
    [
      'a deleted stack',
      ({ stacks }) => stacks.remove(aStack().stackId),
      'the stack was deleted after the plan was made',
    ],
    [
      'a stack that left the family',
      ({ stacks }) => stacks.put(aStack({ tags: { 'ami-rollout:family': 'windows' } })),
      "the stack's tag ami-rollout:family is no longer al2023-base",
    ],
    [
      'a stack that its owner holds',
      ({ stacks }) => stacks.put(aStack({ tags: { ...aStack().tags, 'ami-rollout:hold': 'until May' } })),
      'held by its tag ami-rollout:hold: until May',
    ],
    [
      'a stack to repair',
      ({ stacks }) => stacks.put(aStack({ status: 'UPDATE_ROLLBACK_FAILED' })),
      /continue its rollback/,
    ],
    ['a failed update', ({ stacks }) => stacks.put(aStack({ status: 'UPDATE_FAILED' })), /roll it back or update it/],
    [
      'a failed creation',
      ({ stacks }) => stacks.put(aStack({ status: 'ROLLBACK_COMPLETE' })),
      /delete it and create it/,
    ],
    [
      'a deleted status',
      ({ stacks }) => stacks.put(aStack({ status: 'DELETE_FAILED' })),
      /from which no update can start/,
    ],
    [
      'a stack without the parameter',
      ({ stacks }) => stacks.put(aStack({ parameters: [] })),
      'the stack has no parameter ImageId any more',
    ],
    [
      'a template without a group',
      ({ stacks }) => {
        stacks.templateText = 'Resources: { Topic: { Type: AWS::SNS::Topic } }';
      },
      /No resource of the template sets an ImageId/,
    ],
    [
      'an instance that stands alone',
      ({ stacks }) => {
        stacks.templateText = rollingTemplate.replace(
          'Resources:',
          'Resources:\n  Server: { Type: AWS::EC2::Instance, Properties: { ImageId: !Ref ImageId } }',
        );
      },
      /Instance Server stands alone: .* are lost; .* tag ami-rollout:standalone=replace/,
    ],
    [
      'an image that CloudFormation resolves into the template',
      ({ stacks }) => {
        stacks.templateText = rollingTemplate.replace('!Ref ImageId', "'{{resolve:ssm:/golden/image}}'");
      },
      /\{\{resolve:ssm:/,
    ],
    [
      'a previous image that is gone',
      ({ images }) => images.remove(oldImage),
      `there is no way back: the image in use, ${oldImage}, is gone`,
    ],
    [
      'a previous image that is not usable',
      ({ images }) => {
        images.remove(oldImage);
        images.put(anImage({ id: oldImage, state: 'deregistered' }));
      },
      `there is no way back: the image in use, ${oldImage}, is deregistered`,
    ],
    [
      'a previous image whose snapshots name no key',
      ({ images, keys: asked }) => {
        images.put(anImage({ id: oldImage, encrypted: true }));
        asked.arns = null;
      },
      `there is no way back to the image in use. The snapshots of encrypted image ${oldImage} `,
    ],
    [
      'a previous image whose key is off',
      ({ images, keys: asked }) => {
        images.put(anImage({ id: oldImage, encrypted: true }));
        asked.seen['111122223333'] = { state: 'Disabled', managedByAws: false };
      },
      /^there is no way back to the image in use\. Key .* is Disabled, .* aws kms enable-key /,
    ],
    [
      "a previous image under AWS's own key of another account",
      ({ images, keys: asked }) => {
        images.put(anImage({ id: oldImage, encrypted: true }));
        asked.seen['111122223333'] = { state: 'Enabled', managedByAws: true };
      },
      /^there is no way back .* it is AWS's own key of account 111122223333/,
    ],
    [
      'a previous image whose key its account may not use',
      ({ images, keys: asked }) => {
        images.put(anImage({ id: oldImage, encrypted: true }));
        asked.seen[here.account] = 'refused';
      },
      /^there is no way back .* let its policy give the account kms:DescribeKey/,
    ],
    [
      'an alarm that is red already',
      (world) => {
        world.alarms.found = [{ name: 'errors', state: 'ALARM' }];
      },
      'alarm errors is already red before the update',
    ],
    [
      'a stack that is current',
      (world) => {
        world.stacks.put(aStack({ parameters: parameters(newImage) }));
        world.groups.found = [aGroup({ [newImage]: 2 })];
      },
      'current',
    ],
  ])('skips %s', async (_what, change, reason) => {
    const { world, record } = await claimableWorld(change);
    const after = await claimForward(world, record);
    expect(after).toMatchObject({ status: 'skipped', reason: expect.stringMatching(reason), previous: null });
    expect(world.executions.completed).toEqual([
      { taskToken: 'token-1', output: { decision: 'skip', reason: after.reason, updateTimeoutSeconds: 120 * 60 } },
    ]);
  });

  it('takes a stack with an instance that stands alone where its tag allows the replacement', async () => {
    const { world, record } = await claimableWorld(({ stacks }) => {
      stacks.put(aStack({ tags: { ...aStack().tags, 'ami-rollout:standalone': 'replace' } }));
      stacks.templateText = rollingTemplate.replace(
        'Resources:',
        'Resources:\n  Server: { Type: AWS::EC2::Instance, Properties: { ImageId: !Ref ImageId } }',
      );
    });
    expect(await claimForward(world, record)).toMatchObject({ status: 'updating' });
  });

  it('skips a stack whose SSM parameter is gone', async () => {
    const world = aWorld();
    const record = await seedStack(world, aStackRecord({ mode: 'ssm', ssmParameter: '/golden/image' }));
    world.stacks.put(aStack({ parameters: ssmParameters(oldImage) }));
    world.images.put(anImage({ id: oldImage }));
    expect(await claimForward(world, record)).toMatchObject({
      status: 'skipped',
      reason: 'the SSM parameter /golden/image does not exist',
    });
  });

  it.each([
    ['restoring', { phase: 'restoring' }],
    ['promoted', { phase: 'promoted' }],
    ['closed', { phase: 'closed' }],
    ['over its failure budget', { breachedRing: 'canary' }],
  ] as const)(
    'skips every stack of a campaign that is %s, and asks CloudFormation nothing',
    async (_what, campaign) => {
      const { world, record } = await claimableWorld(undefined, campaign);
      expect(await claimForward(world, record)).toMatchObject({ status: 'skipped', reason: 'campaign ended' });
      expect(world.stacks.calls).toEqual([]);
    },
  );

  it('knows of a group that no update replaces', async () => {
    const { world, record } = await claimableWorld(({ stacks }) => {
      stacks.templateText = rollingTemplate.replace(/ {4}UpdatePolicy.*\n/, '');
    });
    expect(await claimForward(world, record)).toMatchObject({ status: 'updating', replacement: 'none' });
  });

  it("waits for the target's turn before it asks CloudFormation", async () => {
    const { world, record } = await claimableWorld();
    await world.table.put(keys.pace(here, 'claim'), { nextAt: world.clock.now().getTime() + 700 });
    await claimForward(world, record);
    expect(world.clock.slept).toEqual([700]);
  });

  it.each([
    ['old instances behind a new parameter', aGroup({ [newImage]: 1, [oldImage]: 1 })],
    ['fewer instances than the group wants', aGroup({ [newImage]: 1 })],
  ])('does not take %s for current', async (_what, group) => {
    const { world, record } = await claimableWorld((before) => {
      before.stacks.put(aStack({ parameters: parameters(newImage) }));
      before.groups.found = [group];
      before.images.put(anImage());
    });
    expect(await claimForward(world, record)).toMatchObject({ status: 'updating', previous: { image: newImage } });
  });

  it('leaves alarms that are not declared by the stack out of account', async () => {
    const { world, record } = await claimableWorld((before) => {
      before.alarms.found = [...before.alarms.found, { name: 'others', state: 'ALARM' }];
    });
    expect(await claimForward(world, record)).toMatchObject({ status: 'updating' });
  });

  it('skips a stack whose tag names an alarm that does not exist', async () => {
    const { world, record } = await claimableWorld((before) => {
      before.alarms.found = [];
    });
    expect(await claimForward(world, record)).toMatchObject({
      status: 'skipped',
      reason: expect.stringMatching(/which does not exist: nothing would watch it/) as unknown,
    });
  });

  it.each(['done', 'skipped', 'restored', 'quarantined'] as const)(
    'skips a stack that is %s already with the reason it has',
    async (status) => {
      const world = aWorld();
      const record = await seedStack(world, aStackRecord({ status, reason: 'told before' }));
      expect(await claimForward(world, record)).toMatchObject({ status, revision: 0 });
      expect(world.executions.completed).toMatchObject([{ output: { decision: 'skip', reason: 'told before' } }]);
    },
  );

  it('says go again to a second invocation, and what the first one has found stands', async () => {
    const { world, record } = await claimableWorld();
    const { previous, claimedAt, shape } = await claimForward(world, record);
    world.clock.advance(3);
    expect(await claimForward(world, record, 'token-2')).toMatchObject({
      status: 'updating',
      previous,
      claimedAt,
      shape,
    });
    expect(world.executions.completed).toMatchObject([
      { output: { decision: 'go' } },
      { taskToken: 'token-2', output: { decision: 'go' } },
    ]);
  });

  it('lets one of two through that come at the same moment, and the other try again', async () => {
    const { world, record } = await claimableWorld();
    await Promise.all([claim(world)(aTask(record, 'forward', 'a')), claim(world)(aTask(record, 'forward', 'b'))]);
    expect(world.executions.completed.map(({ error, output }) => error ?? output)).toEqual(
      expect.arrayContaining(['RecordChanged', expect.objectContaining({ decision: 'go', reason: 'claimed' })]),
    );
    expect(await readAgain(world, record)).toMatchObject({ status: 'updating', revision: 1 });
  });

  it('has nothing to decide any more once Apply has begun', async () => {
    const world = aWorld();
    const operation = { requestToken: 'ar-f1', direction: 'forward', attempt: 1, startedAt: 'now' } as const;
    const record = await seedStack(world, aClaimedStack({ operation, touched: true }));
    expect(await claimForward(world, record)).toEqual(record);
    expect(world.executions.completed).toMatchObject([{ output: { decision: 'go' } }]);
    expect(world.stacks.calls).toEqual([]);
  });

  it('waits again for a stack that has become busy between claim and update', async () => {
    const { world, record } = await claimableWorld();
    const { previous } = await claimForward(world, record);
    world.stacks.put(aStack({ status: 'UPDATE_IN_PROGRESS' }));
    expect(await claimForward(world, record, 'token-2')).toMatchObject({ status: 'holding', previous });
    world.stacks.put(aStack());
    expect(await claimForward(world, record, 'token-2')).toMatchObject({ status: 'updating', reason: '', previous });
  });

  it('skips a stack that somebody else has moved between claim and update', async () => {
    const { world, record } = await claimableWorld();
    await claimForward(world, record);
    world.stacks.put(aStack({ parameters: parameters(foreignImage) }));
    expect(await claimForward(world, record, 'token-2')).toMatchObject({
      status: 'skipped',
      reason: `somebody else has moved the stack to ${foreignImage} since it was claimed`,
      touched: false,
    });
  });

  it('leaves a stack to its restore that was touched before its campaign ended', async () => {
    const world = aWorld();
    const record = await seedStack(world, aClaimedStack({ touched: true }), { phase: 'restoring' });
    expect(await claimForward(world, record)).toEqual(record);
    expect(world.executions.completed).toMatchObject([{ output: { decision: 'skip', reason: 'campaign ended' } }]);
  });

  it.each(['verifying', 'failed', 'restoring'] as const)(
    'does not write over a stack that is %s when it comes hours late',
    async (status) => {
      const world = aWorld();
      const record = await seedStack(world, aClaimedStack({ status, touched: true, reason: 'told before' }));
      expect(await claimForward(world, record)).toEqual(record);
      expect(world.executions.completed).toMatchObject([{ output: { decision: 'skip', reason: 'told before' } }]);
    },
  );

  it('records the groups that the image reaches, and counts no others', async () => {
    const other = aGroup({ [foreignImage]: 2 }, { name: 'group-2', logicalId: 'Other' });
    const { world, record } = await claimableWorld((before) => {
      before.groups.found = [aGroup(), other];
    });
    expect(await claimForward(world, record)).toMatchObject({
      groups: ['Group'],
      previous: { running: { [oldImage]: 2 } },
    });
  });

  it.each([
    ['of a passing trouble', new Throttled('slow down'), 'Throttled', 'slow down'],
    ['that the contract does not know', new TypeError('a bug'), 'TypeError', 'a bug'],
  ])(
    'tells a failure %s through its token: a claim that was woken has nobody else to tell',
    async (_what, thrown, error, cause) => {
      const { world, record } = await claimableWorld();
      world.stacks.find = () => Promise.reject(thrown);
      expect(await claimForward(world, record)).toEqual(record);
      expect(world.executions.completed).toEqual([{ taskToken: 'token-1', error, cause }]);
    },
  );

  it('never overwrites the previous value, whatever the stack says by then', async () => {
    const { world, record } = await claimableWorld();
    const { previous } = await claimForward(world, record);
    world.stacks.put(aStack({ parameters: parameters(newImage) }));
    world.groups.found = [aGroup({ [newImage]: 2 })];
    expect((await claimForward(world, record, 'token-2')).previous).toEqual(previous);
  });
});
