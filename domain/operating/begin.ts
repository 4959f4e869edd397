import { identityOf, personOf, type Caller } from '../access/caller.ts';
import { sha256 } from '../hash.ts';
import type { Ports } from '../ports/index.ts';
import { findCampaign } from '../store/campaigns.ts';
import { claimStartKey, startInputHash, storeStartRecord } from './start-record.ts';

/** What starting an execution for somebody takes. */
export type BeginPorts = Pick<Ports, 'table' | 'clock' | 'configuration' | 'executions' | 'surroundings'>;

/** What somebody asks for. The same key from the same caller means the same campaign. */
export interface Request<Input> {
  readonly caller: Caller;
  readonly key: string;
  readonly input: Input;
}

export type StartAnswer =
  | { readonly campaignId: string; readonly starter: string }
  /** The key was used for another start; its campaign is named, nothing was started. */
  | { readonly conflict: string };

const withoutUndefined = (input: object): object =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

/** Keys are the caller's own: two callers may use the same one for two things. */
const keyHashOf = ({ caller, key }: Request<object>): string => sha256(JSON.stringify([identityOf(caller), key]));

/**
 * Starts an execution for somebody who has signed in. A handful of calls, whatever the fleet: the key is claimed, who asked
 * is recorded, then the execution is started; a crash in between is mended by asking again with the same key.
 *
 * @param about - What people see of it in the execution's name; the rest is made of the key, so a repeated request finds it.
 */
export const begin = async (ports: BeginPorts, about: string, request: Request<object>): Promise<StartAnswer> => {
  const { caller } = request;
  const input = withoutUndefined(request.input);
  const keyHash = keyHashOf(request);
  const campaignId = `${about}-${keyHash.slice(0, 12)}`;
  const inputHash = startInputHash(input);
  const claimed = await claimStartKey(ports, keyHash, { campaignId, inputHash });
  if (claimed !== null) return { conflict: claimed.usedFor };
  const record = await storeStartRecord(ports, {
    campaignId,
    starter: personOf(caller, ports.configuration().people) ?? 'unknown',
    identity: identityOf(caller),
    inputHash,
    requestedAt: ports.clock.now().toISOString(),
  });
  if (record.inputHash !== inputHash) return { conflict: campaignId };
  // Step Functions forgets names after 90 days; the table does not.
  if (!(await findCampaign(ports, campaignId)))
    await ports.executions.start(ports.surroundings().campaignMachineArn, campaignId, input);
  return { campaignId, starter: record.starter };
};
