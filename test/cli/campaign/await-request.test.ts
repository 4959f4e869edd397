import { describe, expect, it } from '@jest/globals';
import type { CampaignStatus } from '../../../cli/api/answers.ts';
import { ApiError, type Client } from '../../../cli/api/client.ts';
import { awaitRequest } from '../../../cli/campaign/await-request.ts';

type Ring = CampaignStatus['rings'][number];
type Approval = NonNullable<Ring['approval']>;

const canary = (state: Ring['state'], approval: Approval['state'] | null = null): Ring =>
  ({ ring: 'canary', state, approval: approval === null ? null : ({ state: approval } as Approval) }) as Ring;
const status = (rings: readonly Ring[], outcome: string | null = null): CampaignStatus =>
  ({ outcome, rings }) as CampaignStatus;

/** Looks until there is something to say; the last status stays. */
const wait = (...statuses: readonly (CampaignStatus | Error)[]) => {
  const left = [...statuses];
  const client: Client = {
    call: <Answer>() => {
      const next = left.length > 1 ? left.shift() : left[0];
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next as Answer);
    },
  };
  return awaitRequest(client, 'c', 'canary', { minutes: 0.002, intervalMilliseconds: 1 });
};

describe('awaitRequest', () => {
  it('waits from before there is a record until the ring asks', async () => {
    const nothing = new ApiError(404, 'no such campaign');
    expect(
      await wait(nothing, status([]), status([canary('in work')]), status([canary('awaiting approval', 'open')])),
    ).toBe('asks');
  });

  it('ends when the time is over', async () => expect(await wait(status([canary('baking')]))).toBe('not yet'));

  it.each([
    [status([canary('finished', 'approved')]), 'approve', 'ring canary is approved'],
    [status([canary('finished', 'rejected')]), 'reject', 'ring canary is rejected'],
    [status([canary('finished', 'expired')], 'RESTORED'), 'reject', 'ring canary is expired'],
    [status([canary('finished')]), 'approve', 'ring canary has asked nobody'],
    [status([canary('finished')], 'UNCHANGED'), 'approve', 'the campaign has ended UNCHANGED'],
    [status([], 'REJECTED'), 'reject', 'the campaign has ended REJECTED'],
  ])('says what there is no deciding about any more: %#', async (campaign, as, over) =>
    expect(await wait(campaign)).toEqual({ over, as }),
  );

  it('names the rings where there is no such ring', () =>
    expect(wait(status([{ ...canary('in work'), ring: 'first' }]))).rejects.toThrow('the campaign has first'));
});
