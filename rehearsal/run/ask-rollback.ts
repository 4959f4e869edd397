import type { RollbackAnswer } from '../../domain/restore/rollback-answer.ts';
import type { Scenario } from '../scenario/scenario-schema.ts';
import { answered, signedRequest } from './signed-request.ts';

/** What was asked for, by whom, and what the product has answered. */
export interface AskedRollback {
  readonly by: string;
  readonly answer: RollbackAnswer;
}

/** A person asks for the rollback that the scenario names, as the command line does. A request that fails is sent again. */
export const askRollback = async (
  { then, approval, name }: Pick<Scenario, 'then' | 'approval' | 'name'>,
  of: { readonly campaignId: string; readonly imageId: string },
  ask: (request: unknown) => Promise<unknown>,
): Promise<AskedRollback> => {
  const { by: person, of: what } = then ?? { by: null, of: 'campaign' as const };
  const by = person ?? approval.by;
  const path = what === 'image' ? `/images/${of.imageId}/rollback` : `/campaigns/${of.campaignId}/rollback`;
  const request = signedRequest(by, path, { reason: `rehearsal of ${name}: it has to go back` });
  const { ok, said } = answered(await ask(request).catch(() => ask(request)));
  if (ok) return { by, answer: { accepted: true, ...(said as Omit<RollbackAnswer, 'accepted'>) } };
  return { by, answer: { accepted: false, message: (said as { detail: string }).detail, campaigns: [] } };
};
