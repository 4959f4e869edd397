import { AsyncLocalStorage } from 'node:async_hooks';

const campaigns = new AsyncLocalStorage<string>();

/** Does the work in the name of a campaign: sessions in member accounts carry it, so that CloudTrail there names it. */
export const actingFor = <Result>(campaignId: string, work: () => Result): Result => campaigns.run(campaignId, work);

/** The campaign that is being worked for; null where none is known, as in a sweep over all of them. */
export const currentCampaign = (): string | null => campaigns.getStore() ?? null;
