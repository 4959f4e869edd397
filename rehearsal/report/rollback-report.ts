import type { Configuration } from '../../domain/configuration.ts';
import { findCampaign } from '../../domain/store/campaigns.ts';
import { promotionsOf } from '../../domain/store/promotions.ts';
import { stackRecords } from '../../domain/store/stack-records.ts';
import type { AskedRollback } from '../run/ask-rollback.ts';
import type { Run } from '../run/run.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';
import type { RollbackReport } from './rehearsal-report.ts';
import { ringSummary, stackSummary } from './summaries.ts';

export interface RollbackSource {
  readonly run: Run;
  readonly campaignId: string;
  readonly scenario: Scenario;
  readonly configuration: Configuration;
  readonly asked: AskedRollback;
  /** When it was asked for, in virtual milliseconds since the epoch. */
  readonly askedAt: number;
}

/** What the campaign's promotions hold now. */
const promotionsNow = async ({ run, campaignId }: RollbackSource): Promise<RollbackReport['promotions']> => {
  const { world } = run.scenarioWorld;
  const promotions = await Array.fromAsync(promotionsOf(run, campaignId));
  return promotions.map(({ account, region, parameter, state, image, previousImage }) => ({
    account,
    region,
    parameter,
    state,
    brought: image,
    before: previousImage,
    now: world.target(account, region).parameters.get(parameter)?.current(Date.now())?.value ?? null,
  }));
};

/** Reads what the rollback came to, as the report of a campaign does. */
export const rollbackReport = async (source: RollbackSource): Promise<RollbackReport> => {
  const { run, campaignId, scenario, configuration, asked, askedAt } = source;
  const { accepted, message, campaigns } = asked.answer;
  const campaign = await findCampaign(run, campaignId);
  const records = await Array.fromAsync(stackRecords(run, campaignId));
  records.sort((a, b) => a.order - b.order);
  const ended = await Promise.all(campaigns.map((one) => findCampaign(run, one.campaignId)));
  const lastEnd = Math.max(askedAt, ...ended.map((one) => Date.parse(one?.endedAt ?? '') || 0));
  return {
    kind: 'rollback',
    by: asked.by,
    accepted,
    message,
    outcome: campaign?.outcome ?? 'NONE',
    expected: scenario.then?.expect.outcome ?? 'RESTORED',
    reason: campaign?.reason ?? '',
    campaigns: campaigns.map((one, index) => ({
      campaignId: one.campaignId,
      outcome: ended[index]?.outcome ?? 'NONE',
    })),
    rings: configuration.rings.map(({ name }) => ringSummary(name, records)),
    stacks: records.map((record) => stackSummary(run, record)),
    promotions: await promotionsNow(source),
    virtualSeconds: Math.round((lastEnd - askedAt) / 100) / 10,
  };
};
