import { identityOf, personOf, type Caller } from '../access/caller.ts';
import { sha256 } from '../hash.ts';
import type { Ports } from '../ports/index.ts';
import { findCampaign } from '../store/campaigns.ts';
import { claimStartKey, startInputHash, storeStartRecord } from './start-record.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'configuration' | 'executions' | 'surroundings'>;

/** The fields of a start, as the console of Step Functions takes them too. */
export interface StartInput {
  readonly imageId: string;
  readonly region?: string | undefined;
  readonly family?: string | undefined;
  readonly environments?: readonly string[] | undefined;
  readonly reason?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly allowOlder?: boolean | undefined;
  readonly allowRevoked?: boolean | undefined;
}

/** What somebody asks for. The same key from the same caller means the same campaign. */
export interface StartRequest {
  readonly caller: Caller;
  readonly key: string;
  readonly input: StartInput;
}

export type StartAnswer =
  | { readonly campaignId: string; readonly starter: string }
  /** The key was used for another start; its campaign is named, nothing was started. */
  | { readonly conflict: string };

const withoutUndefined = (input: StartInput): object =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));

/** Keys are the caller's own: two callers may use the same one for two things. */
const keyHashOf = ({ caller, key }: StartRequest): string => sha256(JSON.stringify([identityOf(caller), key]));

/**
 * Starts a campaign for somebody who has signed in. A handful of calls, whatever the fleet: the key is claimed, who asked
 * is recorded, then the execution is started; a crash in between is mended by asking again with the same key.
 */
export const start =
  (ports: Needs) =>
  async (request: StartRequest): Promise<StartAnswer> => {
    const { caller } = request;
    const input = withoutUndefined(request.input);
    const keyHash = keyHashOf(request);
    // The execution's name: people see which image it is about, and a repeated request finds it.
    const campaignId = `${request.input.imageId}-${keyHash.slice(0, 12)}`;
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
