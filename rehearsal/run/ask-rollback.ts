import type { RollbackAnswer } from '../../contracts/http/rollback.ts';
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
  const request = signedRequest(by, {
    action: 'start',
    ...(what === 'image' ? { imageId: of.imageId } : { campaignId: of.campaignId }),
    reason: `rehearsal of ${name}: it has to go back`,
  });
  const response = await ask(request).catch(() => ask(request));
  return { by, answer: answered(response) as RollbackAnswer };
};
