import { describe, expect, it } from '@jest/globals';
import { rehearse } from '../../../rehearsal/rehearse.ts';
import type { RehearsalReport } from '../../../rehearsal/report/rehearsal-report.ts';
import { loadScenario, shippedScenarios } from '../../../rehearsal/scenario/load-scenario.ts';
import { reasonCodes } from '../../../domain/gates/reason.ts';
import configuration from '../../../rollout.config.ts';

const run = (name: string): Promise<RehearsalReport> => rehearse(loadScenario(name), { configuration });

/** Calls that change something a stack depends on. */
const writes = ['cloudformation.UpdateStack', 'ssm.PutParameter', 'autoscaling.StartInstanceRefresh'];

/** What the gates of all scenarios have refused images for. */
const shown = new Set<string>();

describe.each(shippedScenarios())('scenario %s', (name) => {
  it('ends as it says, with counts that balance and nothing left open', async () => {
    const report = await run(name);
    for (const code of report.reasonCodes) shown.add(code);
    expect({ outcome: report.outcome, reason: report.reason }).toEqual({
      outcome: report.expected,
      reason: report.reason,
    });
    for (const { planned, done, failed, skipped, restored, quarantined } of report.rings)
      expect(done + failed + skipped + restored + quarantined).toBe(planned);
    expect(
      report.stacks.filter(({ status }) => !['done', 'failed', 'skipped', 'restored', 'quarantined'].includes(status)),
    ).toEqual([]);
    // A campaign that came after the restore may have moved the stacks on.
    const goesOn = report.otherCampaigns.some(({ outcome }) => outcome === 'PROMOTED');
    for (const { stack, status, reason, before, after } of report.stacks) {
      if (status === 'restored' && !goesOn) expect({ stack, after }).toEqual({ stack, after: before });
      if (status !== 'done') expect({ stack, hasReason: reason !== '' }).toEqual({ stack, hasReason: true });
    }
    if (report.outcome === 'RESTORED' && !goesOn)
      expect(report.stacks.filter(({ before, after }) => before !== after)).toEqual([]);
    if (['REJECTED', 'PLANNED', 'DUPLICATE'].includes(report.outcome) && report.otherCampaigns.length === 0) {
      expect(report.stacks.filter(({ touched }) => touched)).toEqual([]);
      for (const call of writes) expect({ call, times: report.calls[call] ?? 0 }).toEqual({ call, times: 0 });
    }
    if (report.then !== null) {
      expect({ then: report.then.outcome, reason: report.then.reason }).toEqual({
        then: report.then.expected,
        reason: report.then.reason,
      });
      for (const { planned, done, failed, skipped, restored, quarantined } of report.then.rings)
        expect(done + failed + skipped + restored + quarantined).toBe(planned);
      expect(report.then.promotions.filter(({ state }) => state === 'promoted' || state === 'intended')).toEqual([]);
    }
    if (report.outcome !== 'PROMOTED' && report.outcome !== 'UNCHANGED' && report.outcome !== 'PLANNED')
      expect(report.reason).not.toBe('');
  }, 60_000);
});

/** Reasons that no course of events leads to, each with why; their judges have tests of their own. */
const beyondScenarios: Readonly<Record<string, string>> = {
  'family-gone': 'the configuration would have to be deployed anew while the campaign runs',
  'family-unknown': 'Open Campaign refuses such an image before any gate; lint-tags gives this reason',
};

describe('the reasons that a gate can refuse an image for', () => {
  it('have each a scenario that shows it', () => {
    const unseen = reasonCodes.filter((code) => !shown.has(code));
    expect(unseen.sort()).toEqual(Object.keys(beyondScenarios).sort());
  });
});

describe('what the scenarios show', () => {
  it('left-out: every stack that was left out of the plan, with its reason', async () => {
    const { leftOut, stacks } = await run('left-out');
    expect(leftOut).toEqual([
      {
        name: 'frozen (100000000001/eu-west-1)',
        reason: 'held by its tag ami-rollout:hold: 2026-12-01 release freeze',
      },
      {
        name: 'stray (100000000001/eu-west-1)',
        reason: 'its tag ami-rollout:ring names ring tuesday; the rings are canary, full',
      },
    ]);
    expect(stacks.filter(({ touched }) => touched).map(({ stack }) => stack)).toEqual(['api', 'web']);
  });

  it.each([
    ['vulnerable-image', /^Inspector found 1 critical, 0 accepted/],
    ['finding-with-fix', /^Worse than low with a fix available .*CVE-2026-20001/],
    ['finding-without-fix', /^Worse than low without a fix .*CVE-2026-20002/],
    ['fix-long-known', /^Fixes of medium findings are out for more than 30 days.*CVE-2026-20003/],
    ['exploit-known', /^An exploit is known for CVE-2026-20004/],
    ['waiver-expired', /^The waiver of CVE-2026-20005 by security .*expired on 2026-11-02/],
    ['custom-gate-refuses', /^Custom gate Smoke test: the login page of ami-\w+ does not open/],
    ['custom-gate-hangs', /^Custom gate Smoke test gave no answer .*in 120 seconds/],
    ['custom-gate-never-calls-back', /^Custom gate Smoke test gave no answer .*within 120 seconds/],
    ['custom-gate-crashes', /^Custom gate Smoke test gave no answer .*x is undefined/],
    ['custom-gate-malformed', /^Custom gate Smoke test gave a malformed answer/],
    ['scan-instance-failure', /UNSUPPORTED_OS.*no proof is no pass/],
    ['scan-instance-finding', /^Inspector found 1 critical/],
    ['scan-instance-timeout', /has not scanned instance i-\w+ within 4 hours/],
    [
      'boot-gate-fails',
      /Boot test: AWS-RunShellScript failed on instance i-\w+ .*exit code 1: the login page does not open/,
    ],
    ['boot-gate-hangs', /Boot test gave no answer .*no answer within 3600 seconds/],
    ['boot-gate-unmanaged', /SSM has not managed instance i-\w+ of ami-\w+ within 15 minutes/],
    ['region-without-copy', /^There is no usable copy of ami-\w+ in us-east-1: copy it there/],
    ['copy-never-ends', /^Copy ami-\w+ in us-east-1 is still pending after 120 minutes/],
    ['copy-disabled', /^There is no usable copy of ami-\w+ in us-east-1 \(ami-\w+ is disabled\)/],
    ['copy-failed', /\(ami-\w+ is failed\)/],
    ['copy-deprecated', /\(ami-\w+ is deprecated since /],
    ['image-not-shared', /^Account 100000000003 may not launch image ami-\w+ in us-east-1: share it with aws ec2/],
    ['image-of-stranger', /^Image ami-\w+ belongs to account 999999999999: images of al2023-base must come from /],
    ['mistagged-image', /^Tag environment=prod is not accepted: set environment=production\.$/],
    ['conflicting-tags', /^Tags environment=production and env=staging say two things/],
    ['mistyped-tag', /^Tag created_date=2026\/11\/3 is not accepted: set created_date=2026-11-03\.$/],
    ['another-architecture', /has architecture arm64, the promoted ami-\w+ has x86_64/],
    ['encryption-lost', /is not encrypted, the promoted ami-\w+ is/],
    ['another-boot-mode', /has boot mode uefi, the promoted ami-\w+ has uefi-preferred/],
    ['deprecation-near', /is deprecated in 10 days .*, 30 days wanted/],
    ['old-image', /days old, 30 accepted/],
    ['older-than-promoted', /is older than the promoted ami-\w+/],
    ['forged-tag', /^Inspector found 1 critical/],
    ['revoked-refused', /^Image ami-\w+ was revoked by operator on \d{4}-\d\d-\d\d: it leaks memory\. Choose another/],
    ['unscanned-image', /UNSUPPORTED_OS.*no proof is no pass/],
  ])(
    '%s is refused for its own reason',
    async (name, reason) => {
      const { gates } = await run(name);
      expect(gates.find(({ passed }) => !passed)?.reasons).toContainEqual(expect.stringMatching(reason));
    },
    60_000,
  );

  it.each([
    ['custom-gate-hangs', true],
    ['custom-gate-never-calls-back', true],
    ['custom-gate-crashes', true],
    ['custom-gate-malformed', true],
    ['custom-gate-refuses', false],
    ['custom-gate-passes', false],
  ])(
    '%s leaves the question in the dead-letter queue: %s',
    async (name, left) => {
      const { deadLetters } = await run(name);
      const expected = {
        handler: 'ask-custom-gate',
        error: expect.stringContaining('custom gate Smoke test of campaign'),
      };
      expect(deadLetters.slice(0, 1)).toEqual(left ? [expected] : []);
    },
    60_000,
  );

  it.each([
    ['scan-instance-success', 'on-demand', 'Inspector Scan'],
    ['scan-instance-failure', 'spot', 'Inspector Scan'],
    ['scan-instance-finding', 'spot', 'Inspector Scan'],
    ['scan-instance-timeout', 'spot', 'Inspector Scan'],
    ['scan-instance-aborted', 'spot', 'Inspector Scan'],
    ['boot-gate-passes', 'on-demand', 'Custom Gate Boot test'],
    ['boot-gate-fails', 'on-demand', 'Custom Gate Boot test'],
    ['boot-gate-hangs', 'on-demand', 'Custom Gate Boot test'],
    ['boot-gate-unmanaged', 'on-demand', 'Custom Gate Boot test'],
    ['boot-gate-aborted', 'on-demand', 'Custom Gate Boot test'],
  ])(
    '%s launches one instance, on %s for %s, which is gone in the end',
    async (name, market, purpose) => {
      const { gateInstances } = await run(name);
      expect(gateInstances).toEqual([
        { id: expect.stringMatching(/^i-/), purpose, market, minutes: expect.any(Number) },
      ]);
    },
    60_000,
  );

  it('calendar-opens-early starts the ring when the calendar opens, days before it would have', async () => {
    const { virtualSeconds } = await run('calendar-opens-early');
    // Opened after ten hours; the ring and its bake take less than three more.
    expect(virtualSeconds).toBeGreaterThan(10 * 3600);
    expect(virtualSeconds).toBeLessThan(13 * 3600);
  }, 60_000);

  it('scan-instance-interrupted launches another one on demand, and both are gone in the end', async () => {
    const { gateInstances } = await run('scan-instance-interrupted');
    expect(gateInstances.map(({ market, minutes }) => ({ market, isGone: minutes !== null }))).toEqual([
      { market: 'spot', isGone: true },
      { market: 'on-demand', isGone: true },
    ]);
  }, 60_000);

  it('organisational-units works in what is below the unit, carries the tag and is neither excepted nor suspended', async () => {
    const { stacks, calls } = await run('organisational-units');
    expect([...new Set(stacks.map(({ account }) => account))].sort()).toEqual(
      [1, 2, 3, 5].map((nth) => `10000000000${nth}`),
    );
    // Pages of three, and the nested unit: at discovery, and at each of three looks at the copies (the task's, and one for
    // the event of each image).
    expect(calls).toMatchObject({
      'organizations.ListAccountsForParent': 4 * 3,
      'organizations.ListOrganizationalUnitsForParent': 4 * 2,
    });
  }, 60_000);

  it('preview-refused updates none of the stacks that would change more, says what that is, and leaves no change set', async () => {
    const { stacks, calls } = await run('preview-refused');
    const refused = stacks.filter(({ status }) => status !== 'done');
    expect(refused).toHaveLength(2);
    for (const { status, reason } of refused) {
      expect(status).toBe('restored');
      expect(reason).toMatch(
        /more than the image would change: Database \(AWS::RDS::DBInstance\) would change Properties.EngineVersion by DatabaseVersion; .* would be replaced/,
      );
    }
    expect(calls['cloudformation.UpdateStack']).toBe(stacks.length - refused.length);
    expect(calls['cloudformation.DeleteChangeSet']).toBeGreaterThanOrEqual(stacks.length);
  }, 60_000);

  it('preview-accepted reads every page of every change set', async () => {
    const { stacks, calls } = await run('preview-accepted');
    expect(stacks.every(({ status }) => status === 'done')).toBe(true);
    expect(calls['cloudformation.UpdateStack']).toBe(stacks.length);
    expect(calls['cloudformation.DeleteChangeSet']).toBe(stacks.length);
  }, 60_000);

  it.each([
    ['gates-write-tags', 'passed', 'passed'],
    ['forged-tag', 'failed', 'passed'],
    ['failed-tag-judged-anew', 'passed', 'passed'],
    ['tags-not-wanted', undefined, undefined],
  ])(
    '%s leaves the tags of verdicts as %s and %s, in every region',
    async (name, scan, tests) => {
      const { imageTags } = await run(name);
      expect(imageTags.map(({ tags }) => [tags.security_scan_status, tags.test_results])).toEqual([
        [scan, tests],
        [scan, tests],
      ]);
    },
    60_000,
  );

  it('hotfix-skips-scan says in the verdict what was skipped', async () => {
    const { gates } = await run('hotfix-skips-scan');
    expect(gates).toContainEqual({
      gate: 'Inspector Scan',
      passed: true,
      reasons: ['Skipped: images of category hotfix skip Inspector Scan (gates.policies.hotfix.skip).'],
    });
  }, 60_000);

  it('region-left-out moves the stacks of the other region only', async () => {
    const { stacks } = await run('region-left-out');
    expect(new Set(stacks.map(({ region }) => region))).toEqual(new Set(['eu-west-1']));
  }, 60_000);

  it('copy-pending waits for the copy by its event, and asks no more often than it is told of something', async () => {
    const { virtualSeconds } = await run('copy-pending');
    const usual = await run('default');
    // Forty minutes for the copy, less the scan that runs meanwhile.
    expect(virtualSeconds - usual.virtualSeconds).toBeGreaterThan(10 * 60);
    expect(virtualSeconds - usual.virtualSeconds).toBeLessThan(41 * 60);
  }, 60_000);

  it('canary-breaks puts back a stack that had the new image', async () => {
    const { stacks } = await run('canary-breaks');
    const touched = stacks.filter((stack) => stack.touched);
    expect(touched.length).toBeGreaterThan(0);
    expect(touched.some(({ held, before }) => held.some((image) => image !== before))).toBe(true);
  }, 60_000);

  it('full-ring-breaks puts the successful canaries back too', async () => {
    const { stacks } = await run('full-ring-breaks');
    expect(stacks.filter(({ ring, status }) => ring === 'canary' && status === 'restored')).toHaveLength(2);
  }, 60_000);

  it('restore-breaks names the quarantined stack and why', async () => {
    const { stacks } = await run('restore-breaks');
    const left = stacks.filter(({ status }) => status === 'quarantined');
    expect(left).toHaveLength(1);
    expect(left[0]?.reason).toMatch(/not put back: /);
  }, 60_000);

  it('one-fails-within-budget restores that stack alone', async () => {
    const { stacks } = await run('one-fails-within-budget');
    const others = stacks.filter(({ status }) => status !== 'done');
    expect(others.map(({ status }) => status)).toEqual(['restored']);
    expect(others[0]?.after).toBe(others[0]?.before);
  }, 60_000);

  it('new-parameter-old-instances replaces the instances, in both modes', async () => {
    const { stacks } = await run('new-parameter-old-instances');
    const image = stacks.find(({ stack }) => stack === 'web-outdated')?.after;
    expect(stacks.map(({ stack, after }) => ({ stack, after }))).toEqual(
      stacks.map(({ stack }) => ({ stack, after: image })),
    );
    expect(stacks.every(({ before }) => before !== image)).toBe(true);
  }, 60_000);

  it('four-rings runs the scan before production only', async () => {
    const { gates, rings } = await run('four-rings');
    expect(rings.map(({ ring }) => ring)).toEqual(['dev', 'staging', 'canary', 'production']);
    const order = gates.map(({ gate }) => gate);
    expect(order.indexOf('Inspector Scan')).toBeGreaterThan(order.indexOf('Recheck Gates (canary)'));
    expect(order.indexOf('Inspector Scan')).toBeLessThan(order.indexOf('Recheck Gates (production)'));
  }, 60_000);

  it('duplicate-event leaves the first campaign to its own end', async () => {
    const { otherCampaigns, stacks } = await run('duplicate-event');
    expect(otherCampaigns.filter(({ outcome }) => outcome === 'PROMOTED')).toHaveLength(1);
    expect(stacks).toEqual([]);
  }, 60_000);

  it('halted-and-resumed claims nothing while it is halted', async () => {
    const { stacks, virtualSeconds } = await run('halted-and-resumed');
    expect(virtualSeconds).toBeGreaterThan((await run('default')).virtualSeconds + 2 * 3600);
    expect(stacks.every(({ status }) => status === 'done')).toBe(true);
  }, 60_000);

  it('halt-expires puts back what was moved before the halt and has touched nothing after it', async () => {
    const { stacks, reason } = await run('halt-expires');
    expect(reason).toContain('nobody resumed within 24 hours');
    expect(stacks.filter(({ touched }) => touched).every(({ status }) => status === 'restored')).toBe(true);
    expect(stacks.filter(({ touched }) => !touched).map(({ reason: why }) => why)).toContain('campaign ended');
  }, 60_000);

  it('operator-aborts says who has aborted and why', async () => {
    expect((await run('operator-aborts')).reason).toBe('aborted by operator: customers complain');
  }, 60_000);

  it('queued-and-superseded leaves the fleet on the newest image', async () => {
    const { stacks, otherCampaigns } = await run('queued-and-superseded');
    expect(otherCampaigns.map(({ outcome }) => outcome).filter((one) => one !== 'DUPLICATE')).toEqual([
      'SUPERSEDED',
      'PROMOTED',
    ]);
    expect(stacks.every(({ held }) => new Set(held).size === 3)).toBe(true);
  }, 60_000);

  it('rollback puts stacks, SSM parameters and promotion back, in both modes', async () => {
    const { stacks, then } = await run('rollback');
    expect(stacks.every(({ before, after }) => before !== after)).toBe(true);
    expect(new Set(then?.stacks.map(({ mode }) => mode))).toEqual(new Set(['parameter', 'ssm']));
    expect(then?.stacks.filter(({ status, before, after }) => status !== 'restored' || before !== after)).toEqual([]);
    expect(then?.promotions.length).toBeGreaterThan(0);
    expect(then?.promotions.filter(({ now, before }) => now !== before)).toEqual([]);
  }, 60_000);

  it('rollback-of-two goes back to what the earlier campaign has brought', async () => {
    const { then } = await run('rollback-of-two');
    const earlier = then?.promotions[0]?.before ?? '';
    expect(then?.stacks.every(({ held, before }) => held.includes(earlier) && before !== earlier)).toBe(true);
    expect(then?.stacks.filter(({ after }) => after !== earlier)).toEqual([]);
    expect(then?.promotions.filter(({ now }) => now !== earlier)).toEqual([]);
  }, 60_000);

  it('rollback-too-late touches nothing and names the later campaign for each stack', async () => {
    const { then, otherCampaigns } = await run('rollback-too-late');
    const later = otherCampaigns[0]?.campaignId ?? '';
    expect(then?.stacks).toHaveLength(12);
    for (const { status, reason } of then?.stacks ?? [])
      expect({ status, names: reason.includes(`campaign ${later} has brought it to`) }).toEqual({
        status: 'quarantined',
        names: true,
      });
    expect(then?.promotions.every(({ state }) => state === 'superseded')).toBe(true);
  }, 60_000);

  it('rollback-after-later-changes leaves one stack alone and puts the others back', async () => {
    const { then } = await run('rollback-after-later-changes');
    expect(then?.stacks.filter(({ status }) => status === 'quarantined')).toHaveLength(1);
    expect(then?.stacks.filter(({ status, before, after }) => status === 'restored' && before !== after)).toEqual([]);
  }, 60_000);

  it('rollback-after-repair puts the stack back that an earlier restore had given up', async () => {
    const { stacks, then } = await run('rollback-after-repair');
    expect(stacks.filter(({ status }) => status === 'quarantined')).toHaveLength(1);
    expect(then?.stacks.filter(({ before, after }) => before !== after)).toEqual([]);
  }, 60_000);

  it.each([
    ['finding-after-promotion', false, /^gates\.onFinding is alert$/],
    ['finding-without-way-back', false, /^the image before, ami-\w+ in eu-west-1, is gone$/],
    ['finding-rolls-back', true, /^gates\.onFinding is rollback$/],
  ])(
    '%s tells once of a late finding, with the stacks of every region, and whether they go back: %s',
    async (name, back, why) => {
      const { alerts, stacks } = await run(name);
      expect(alerts).toEqual([
        expect.objectContaining({ back, why: expect.stringMatching(why), reasons: [expect.stringContaining('CVE-')] }),
      ]);
      expect(alerts[0]?.stacks).toHaveLength(stacks.length);
      expect(new Set(alerts[0]?.stacks.map((stack) => stack.replace(/^.*\//, '')))).toEqual(
        new Set(['eu-west-1)', 'us-east-1)']),
      );
      if (!back) expect(stacks.filter(({ status }) => status !== 'done')).toEqual([]);
    },
    60_000,
  );

  it('finding-rolls-back puts every stack of every region back, and says why', async () => {
    const { reason, stacks, images } = await run('finding-rolls-back');
    expect(reason).toMatch(/^rolled back by Watch Findings: Inspector found 1 critical/);
    expect(new Set(stacks.map(({ region }) => region)).size).toBe(2);
    expect(stacks.filter(({ status, after, before }) => status !== 'restored' || after !== before)).toEqual([]);
    expect(stacks.every(({ held }) => held.length === 2)).toBe(true);
    expect(images.filter(({ promotedBy }) => promotedBy !== null)).toEqual([]);
  }, 60_000);

  it('finding-rolls-back revokes the image: a later start is refused, and no sweep starts it again', async () => {
    const { otherCampaigns, imageTags } = await run('finding-rolls-back');
    expect(otherCampaigns).toEqual([
      expect.objectContaining({
        outcome: 'REJECTED',
        reason: expect.stringMatching(/was revoked by Watch Findings on \S+: Inspector found 1 critical/),
      }),
    ]);
    for (const { tags } of imageTags) expect(tags['ami-rollout:revoked']).toMatch(/ by Watch Findings$/);
  }, 60_000);

  it('revoked-allowed lifts the revocation with the promotion', async () => {
    const { imageTags } = await run('revoked-allowed');
    for (const { tags } of imageTags) expect(tags).not.toHaveProperty(['ami-rollout:revoked']);
  }, 60_000);

  it('finding-ends-campaign ends it before all stacks are touched, and with a verdict', async () => {
    const { reason, stacks, gates } = await run('finding-ends-campaign');
    expect(reason).toMatch(/^rolled back by Watch Findings: Inspector found 1 critical/);
    expect(gates.at(-1)).toMatchObject({ gate: 'Recheck Gates', passed: false });
    expect(stacks.some(({ touched }) => !touched)).toBe(true);
  }, 60_000);

  it('revoked-image stops the campaign on its way', async () => {
    const { outcome, stacks, then } = await run('revoked-image');
    expect(outcome).toBe('RESTORED');
    expect(stacks.some(({ held, before }) => held.some((image) => image !== before))).toBe(true);
    expect(then?.message).toContain('is stopped and being restored');
  }, 60_000);

  it.each(['promoted-holds-previous', 'hold-refused'])(
    '%s holds the replaced image in every region',
    async (name) => {
      const { images, campaignId } = await run(name);
      const held = images.filter(({ heldFor }) => heldFor === campaignId);
      expect(held.map(({ region, isProtected }) => ({ region, isProtected }))).toEqual([
        { region: 'eu-west-1', isProtected: true },
        { region: 'us-east-1', isProtected: true },
      ]);
      expect(images.filter(({ promotedBy }) => promotedBy === campaignId)).toHaveLength(2);
    },
    60_000,
  );

  it('hold-released lets the oldest of three images go and holds the one before the current', async () => {
    const { images, otherCampaigns } = await run('hold-released');
    expect(images.map(({ name, heldFor, isProtected }) => ({ name, heldFor, isProtected }))).toEqual(
      ['eu-west-1', 'us-east-1'].flatMap(() => [
        { name: 'al2023-base-2026.11.3', heldFor: otherCampaigns[0]?.campaignId, isProtected: true },
        { name: 'al2023-base-2026.11.4', heldFor: null, isProtected: false },
      ]),
    );
    expect(images.filter(({ deprecatedAt }) => deprecatedAt !== null)).toHaveLength(2);
  }, 60_000);

  it('rollback-keeps-hold takes the mark off the refused image and keeps what is current and the one before', async () => {
    const { images, campaignId } = await run('rollback-keeps-hold');
    expect(images.map(({ name, promotedBy, isProtected }) => ({ name, promotedBy, isProtected }))).toEqual(
      ['eu-west-1', 'us-east-1'].flatMap(() => [
        { name: 'al2023-base-2026.11.3', promotedBy: campaignId, isProtected: true },
        { name: 'al2023-base-2026.10.1', promotedBy: null, isProtected: true },
      ]),
    );
  }, 60_000);

  it('launch-reads-parameter updates no stack and keeps to its SSM parameters', async () => {
    const { calls, stacks } = await run('launch-reads-parameter');
    expect(calls['cloudformation.UpdateStack']).toBeUndefined();
    // One for each stack and one for the promotion.
    expect([calls['ssm.PutParameter'], calls['autoscaling.StartInstanceRefresh']]).toEqual([4, 3]);
    expect(stacks.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  }, 60_000);

  it('shared-parameter writes a shared parameter once and names who shares one beyond the ring', async () => {
    const { calls, stacks } = await run('shared-parameter');
    expect(calls['ssm.PutParameter']).toBe(2);
    const reasonOf = (name: string) => stacks.find(({ stack }) => stack === name)?.reason;
    expect(reasonOf('early')).toContain('also read by late in ring full');
    expect(reasonOf('ours')).toContain('also read by theirs, which is not in this campaign');
    expect(reasonOf('follower')).toContain('is the promotion parameter');
    expect(stacks.filter(({ status }) => status === 'done').map(({ stack }) => stack)).toEqual(['api', 'web', 'jobs']);
  }, 60_000);

  it('shared-parameter-restored puts every reader back by one write', async () => {
    const { calls, stacks, reason } = await run('shared-parameter-restored');
    expect(reason).toMatch(
      /api in \d+\/eu-west-1 failed and shares SSM parameter \/team\/image with .*web.*: .*UpdateFailed/,
    );
    expect(calls['ssm.PutParameter']).toBe(2);
    expect(stacks.map(({ status }) => status)).toEqual(['restored', 'restored', 'restored']);
  }, 60_000);

  it('written-parameter-old-stack finds work in every way that parameter, stack and instances can disagree', async () => {
    const { stacks } = await run('written-parameter-old-stack');
    expect(stacks.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  }, 60_000);

  it('targets-healthy waits for the target groups, in every mode, and asks only a few times', async () => {
    const { calls, stacks } = await run('targets-healthy');
    expect(stacks.map(({ status }) => status)).toEqual(stacks.map(() => 'done'));
    expect(new Set(stacks.map(({ mode }) => mode))).toEqual(new Set(['parameter', 'ssm']));
    expect(calls['elasticloadbalancing.DescribeTargetHealth']).toBeGreaterThanOrEqual(2 * stacks.length);
    expect(calls['elasticloadbalancing.DescribeTargetHealth']).toBeLessThanOrEqual(8 * stacks.length);
    expect((await run('default')).calls).not.toHaveProperty('elasticloadbalancing.DescribeTargetHealth');
  }, 60_000);

  it('targets-unhealthy names instance, target group and why, in both modes', async () => {
    const { reason, stacks } = await run('targets-unhealthy');
    const said = /i-\w+ \(InService; target group \w+: unhealthy, Target\.FailedHealthChecks, Health checks failed\)/;
    expect(reason).toMatch(said);
    const canaries = stacks.filter(({ ring }) => ring === 'canary');
    expect(canaries.map(({ mode }) => mode).sort()).toEqual(['parameter', 'ssm']);
    for (const canary of canaries)
      expect(canary).toMatchObject({ status: 'restored', reason: expect.stringMatching(said) });
  }, 60_000);

  it('breach-stops-claims fails no more stacks than the budget and those in flight, in both modes', async () => {
    const { stacks } = await run('breach-stops-claims');
    const full = stacks.filter(({ ring }) => ring === 'full');
    const failures = full.filter(({ reason }) => reason.includes('UpdateFailed'));
    // Budget 2; the ring has 4 in flight at most, the one that breaches it among them. Thirty would fail.
    expect(failures.length).toBeGreaterThan(2);
    expect(failures.length).toBeLessThanOrEqual(2 + 4);
    expect(full.filter(({ touched }) => touched)).toHaveLength(failures.length);
    expect(new Set(failures.map(({ mode }) => mode))).toEqual(new Set(['parameter', 'ssm']));
  }, 60_000);

  it('replaced-by-the-template starts a refresh where the update has replaced nothing, and nowhere else', async () => {
    const { calls, stacks } = await run('replaced-by-the-template');
    expect(stacks.map(({ status }) => status)).toEqual(stacks.map(() => 'done'));
    // none and latest, in both modes.
    expect(calls['autoscaling.StartInstanceRefresh']).toBe(4);
  }, 60_000);

  it('replaced-and-restored refreshes the same ones on the way back', async () => {
    const { calls, stacks } = await run('replaced-and-restored');
    expect(calls['autoscaling.StartInstanceRefresh']).toBe(8);
    expect(stacks.every(({ held }) => held.length === 2)).toBe(true);
  }, 60_000);

  it('default-version-never-follows says that the instances still run the old image', async () => {
    const { stacks } = await run('default-version-never-follows');
    const canaries = stacks.filter(({ ring }) => ring === 'canary');
    expect(canaries.map(({ mode }) => mode).sort()).toEqual(['parameter', 'ssm']);
    for (const { reason, before } of canaries) {
      expect(reason).toMatch(/^NotReplaced: .*not every instance runs the image/);
      expect(reason).toContain(`InService on ${before}`);
    }
  }, 60_000);
});
