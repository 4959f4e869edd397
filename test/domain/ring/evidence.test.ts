import { describe, expect, it } from '@jest/globals';
import { approve } from '../../../domain/ring/approve.ts';
import { evidenceRows } from '../../../domain/ring/evidence-text.ts';
import { gatherEvidence } from '../../../domain/ring/evidence.ts';
import { canonicalJson, sha256 } from '../../../domain/hash.ts';
import { findApproval } from '../../../domain/store/approvals.ts';
import { recordVerdict } from '../../../domain/store/verdicts.ts';
import { newImage, oldImage } from '../fakes/names.ts';
import { seedCampaign, seedStacks, trailOf } from '../fakes/seed.ts';
import { aStackRecord } from '../fakes/stack-record.ts';
import { aWorld } from '../fakes/world.ts';
import { asked, says } from './approvals.ts';

const at = '2026-11-22T11:00:00.000Z';
const delta = { inUse: oldImage, fixed: ['CVE-1', 'CVE-2'], new: ['CVE-3'], unchanged: [], unknown: '' };

/** A canary that is through, with what its gates have found, and a ring that follows. */
const canaryDone = async () => {
  const world = aWorld();
  const campaign = await seedCampaign(world);
  await seedStacks(
    world,
    aStackRecord({
      stackName: 'a',
      status: 'done',
      alarms: ['errors', 'latency'],
      instances: { [newImage]: 3 },
      claimedAt: '2026-11-22T10:30:00.000Z',
      endedAt: '2026-11-22T10:42:00.000Z',
    }),
    aStackRecord({
      stackName: 'b',
      order: 1,
      status: 'skipped',
      reason: 'current',
      instances: { [newImage]: 1, [oldImage]: 1 },
    }),
    aStackRecord({ stackName: 'c', order: 2, ring: 'full' }),
    aStackRecord({
      stackName: 'd',
      order: 3,
      ring: 'full',
      region: 'us-east-1',
      mode: 'ssm',
      readBy: 'launch',
      ssmParameter: '/images/base',
    }),
    aStackRecord({ stackName: 'e', order: 4, ring: 'full', status: 'skipped', reason: 'current' }),
  );
  const verdict = { passed: true, reasons: [], codes: [], at };
  await recordVerdict(world, 'campaign-1', { ...verdict, gate: 'Inspector Scan', evidence: { delta } }, at);
  await recordVerdict(
    world,
    'campaign-1',
    { ...verdict, gate: 'Recheck Gates', evidence: { alarms: [], silent: [] } },
    at,
    'canary',
  );
  return { world, campaign };
};

describe('the evidence of an approval', () => {
  it('is what gates, stacks, instances, alarms and the plan say', async () => {
    const { world, campaign } = await canaryDone();
    const evidence = await gatherEvidence(world, campaign, 'canary');
    expect(evidence).toMatchObject({
      gates: [{ gate: 'Inspector Scan' }, { gate: 'Recheck Gates', ring: 'canary' }],
      findings: delta,
      ring: {
        planned: 2,
        counts: { done: 1, skipped: 1 },
        minutes: 12,
        stacks: [
          { stack: 'a', target: '100000000001/eu-west-1', onImage: 3, onOthers: 0 },
          { stack: 'b', onImage: 1, onOthers: 1 },
        ],
      },
      bake: { minutes: 30, stacks: 1, alarms: 2, wentOff: [], silent: [] },
      next: { ring: 'full', stacks: 2, accounts: 1, regions: ['eu-west-1', 'us-east-1'], byParameter: 1, bySsm: 1 },
      warnings: [expect.stringContaining('any scale-out starts the new image')],
    });
    expect(evidenceRows(evidence).map(([label, text]) => `${label}: ${text}`)).toEqual([
      'Gates: all 2 passed (Inspector Scan, Recheck Gates)',
      `Findings: against ${oldImage} in use: 2 fixed (CVE-1, CVE-2), 1 new (CVE-3), 0 unchanged`,
      'This ring: 2 planned, 1 done, 1 skipped, 12 min',
      'Instances: 4 on the new image, 1 on others (a 3 of 3, b 1 of 2)',
      'Alarms: a bake of 30 min; 2 watched on 1 stack, none went off',
      'Next: ring full touches 2 stacks (1 by parameter, 1 by SSM parameter) in 1 account, eu-west-1, us-east-1',
      expect.stringMatching(/^Warning: d in .* launches from SSM parameter \/images\/base/),
    ]);
  });

  it('says where nobody has watched, and that the image is promoted where no ring has work', async () => {
    const world = aWorld();
    const campaign = await seedCampaign(world);
    await seedStacks(world, aStackRecord({ status: 'done' }));
    const rows = evidenceRows(await gatherEvidence(world, campaign, 'canary')).map(
      ([label, text]) => `${label}: ${text}`,
    );
    expect(rows).toContain('Alarms: a bake of 30 min; no stack of the ring names an alarm: nobody has watched');
    expect(rows).toContain('Next: no other ring has work: the image is promoted');
    expect(rows).toContain('Findings: no scan was judged');
  });

  it('is in the request, the message and, by its hash, in the trail of request and decision', async () => {
    const { world } = await canaryDone();
    await approve(world)({ ...asked, taskToken: 'token-1' });
    const approval = await findApproval(world, 'campaign-1', 'canary');
    const hash = sha256(canonicalJson(approval?.evidence));
    expect(approval).toMatchObject({ evidence: { next: { ring: 'full' } }, evidenceHash: hash });
    expect(world.notifications.published[0]?.text).toContain(
      'Alarms    a bake of 30 min; 2 watched on 1 stack, none went off',
    );
    await says(world, 'ana');
    const trail = await trailOf(world);
    expect(trail.find(({ what }) => what === 'approval of ring canary asked for')?.evidence).toMatchObject({
      evidenceHash: hash,
    });
    expect(trail.at(-1)).toMatchObject({ who: 'ana', evidence: { evidenceHash: hash } });
  });
});
