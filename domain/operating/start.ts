import { identityOf, personOf, type Caller } from '../access/caller.ts';
import { sha256 } from '../hash.ts';
import type { Ports } from '../ports/index.ts';
import { findCampaign } from '../store/campaigns.ts';
import { startInputHash, storeStartRecord } from './start-record.ts';

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

/** The campaign that a caller means by a key: the execution's name is made of both, so a repeated request finds it. */
const campaignIdOf = ({ caller, key, input }: StartRequest): string =>
  `${input.imageId}-${sha256(JSON.stringify([identityOf(caller), key])).slice(0, 12)}`;

/**
 * Starts a campaign for somebody who has signed in. Three calls, whatever the fleet: who asked is recorded, then the
 * execution is started; a crash in between is mended by asking again with the same key.
 */
export const start =
  (ports: Needs) =>
  async (request: StartRequest): Promise<StartAnswer> => {
    const { caller } = request;
    const input = withoutUndefined(request.input);
    const campaignId = campaignIdOf(request);
    const inputHash = startInputHash(input);
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
