import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { approve } from '../../domain/ring/approve.ts';
import { findApproval } from '../../domain/store/approvals.ts';
import { getCampaign } from '../../domain/store/campaigns.ts';
import { recordsIn, seedCampaign, seedStacks, trailOf } from '../domain/fakes/seed.ts';
import { aClaimedStack } from '../domain/fakes/stack-record.ts';
import { ServedConsole, type Answer } from './served-console.ts';

describe('decisions over HTTP', () => {
  const served = new ServedConsole();
  const asked = async (starter: string): Promise<void> => {
    await seedCampaign(served.world, { starter });
    await approve(served.world)({
      campaignId: 'campaign-1',
      ring: 'canary',
      planHash: 'a'.repeat(64),
      taskToken: 'token-1',
    });
  };
  const decide = (as: string, decision = 'approve', over: object = {}): Promise<Answer> =>
    served.call('POST', '/api/campaigns/campaign-1/approval', {
      as,
      body: { ring: 'canary', decision, reason: 'healthy', ...over },
    });
  const act = (what: string, as = 'oidc|ana'): Promise<Answer> =>
    served.call('POST', `/api/campaigns/campaign-1/${what}`, { as, body: { reason: 'it looks odd' } });
  const state = async (): Promise<string | undefined> =>
    (await findApproval(served.world, 'campaign-1', 'canary'))?.state;
  const completions = (): number => served.world.executions.completed.length;

  beforeAll(() => served.open());
  afterAll(() => served.close());
  beforeEach(() => served.renew());

  it('of two approvers at once, exactly one decides where one is enough', async () => {
    await asked('ana');
    const answers = await Promise.all([decide('oidc|ben'), decide('oidc|eve')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await state()).toBe('approved');
    expect(completions()).toBe(1);
    const said = (await trailOf(served.world)).filter(({ what }) => what.includes('approve'));
    expect(said.length).toBeGreaterThan(0);
  });

  it('of two approvers at once, both count where two are needed', async () => {
    await asked('unknown');
    const answers = await Promise.all([decide('oidc|ben'), decide('oidc|eve')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers.map(({ body }) => body.state).sort()).toEqual(['approved', 'open']);
    expect(completions()).toBe(1);
  });

  it('of an approval and a rejection at once, one decides and the other is told so', async () => {
    await asked('ana');
    const answers = await Promise.all([decide('oidc|ben'), decide('oidc|eve', 'reject')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(['approved', 'rejected']).toContain(await state());
    expect(completions()).toBe(1);
  });

  it('an answer that is sent again, late, or by the starter decides nothing', async () => {
    await asked('ana');
    expect(await decide('oidc|ana')).toMatchObject({ status: 409 });
    expect(await state()).toBe('open');
    expect(await decide('oidc|ben', 'approve', { planHash: 'b'.repeat(64) })).toMatchObject({ status: 409 });
    expect(await state()).toBe('open');
    expect(await decide('oidc|ben', 'approve', { ring: 'full' })).toMatchObject({ status: 409 });
    expect(await decide('oidc|ben')).toMatchObject({ status: 200, body: { state: 'approved' } });
    for (const again of [await decide('oidc|ben'), await decide('oidc|eve'), await decide('oidc|eve', 'reject')])
      expect(again).toMatchObject({ status: 409, body: { detail: expect.any(String) } });
    expect(await state()).toBe('approved');
    expect(completions()).toBe(1);
  });

  it('halt and resume are said once and may be said twice', async () => {
    await seedCampaign(served.world);
    const halted = async (): Promise<unknown> => (await served.call('GET', '/api/campaigns/campaign-1')).body;
    expect(await act('halt')).toMatchObject({ status: 200, body: { message: expect.stringContaining('halted') } });
    expect(await act('halt', 'oidc|ben')).toMatchObject({
      status: 200,
      body: { message: expect.stringContaining('already') },
    });
    expect(await halted()).toMatchObject({ halted: expect.stringContaining('ana') });
    expect(await act('resume')).toMatchObject({ status: 200 });
    expect(await halted()).toMatchObject({ halted: null });
    const whats = (await trailOf(served.world)).map(({ what }) => what);
    expect(whats.filter((what) => what === 'halt')).toHaveLength(1);
    expect(whats.filter((what) => what === 'resume')).toHaveLength(1);
  });

  it('an abort ends the execution; what has ended can be neither aborted nor halted', async () => {
    await seedCampaign(served.world);
    expect(await act('abort')).toMatchObject({ status: 200 });
    expect(served.world.executions.stopped).toHaveLength(1);
    served.renew();
    await seedCampaign(served.world, { phase: 'closed', outcome: 'REJECTED', conclusion: 'REJECTED' });
    served.changes.length = 0;
    for (const what of ['abort', 'halt', 'resume']) expect(await act(what)).toMatchObject({ status: 409 });
    expect(served.changes).toEqual([]);
  });

  it('a rollback is shown before it is begun, and begun once', async () => {
    await seedCampaign(served.world, { phase: 'closed', outcome: 'PROMOTED', conclusion: 'PROMOTED' });
    await seedStacks(served.world, aClaimedStack({ status: 'done', touched: true }));
    served.changes.length = 0;
    const path = '/api/campaigns/campaign-1/rollback';
    const shown = await served.call('GET', path);
    expect(shown).toMatchObject({ status: 200, body: { campaigns: [{ case: 'reopen', touched: 1 }] } });
    expect(served.changes).toEqual([]);
    const { image } = await getCampaign(served.world, 'campaign-1');
    expect(await served.call('GET', `/api/images/${image.id}/rollback`)).toMatchObject({ status: 200 });
    expect(await served.call('GET', '/api/images/ami-0fffffffffffffff0/rollback')).toMatchObject({ status: 404 });
    expect(await act('rollback')).toMatchObject({ status: 200, body: { message: expect.any(String) } });
    expect(await act('rollback', 'oidc|ben')).toMatchObject({ status: 200 });
    expect(served.world.executions.started.map(({ name }) => name)).toEqual(['campaign-1-r1']);
    expect(await recordsIn(served.world)).toHaveLength(1);
    expect((await getCampaign(served.world, 'campaign-1')).rollback).toMatchObject({ by: 'ana' });
  });

  it.each(['approval', 'halt', 'resume', 'abort', 'rollback'])(
    '%s of a campaign that is none is told so',
    async (what) => {
      const { status } = what === 'approval' ? await decide('oidc|ben') : await act(what);
      expect(status).toBe(404);
      expect(served.changes).toEqual([]);
    },
  );
});
