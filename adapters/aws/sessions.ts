import type { Target } from '../../domain/target.ts';
import { assumedRoles, type Access, type CredentialProvider } from './assumed-roles.ts';

/** What every client is made with. */
export interface ClientSettings {
  readonly region: string;
  readonly maxAttempts: number;
  readonly retryMode: string;
  /** Missing: the credentials that the SDK finds by itself. */
  readonly credentials?: CredentialProvider;
}

/** A client class of the SDK, such as `CloudFormationClient`. */
export type ClientKind<Client> = new (settings: ClientSettings) => Client;

/** The way to AWS: clients that act in a target. */
export interface Sessions {
  readonly hub: Target;
  /**
   * The client of this class for this account and region; the same one each time. The caller brings the class, so that
   * a bundle carries only the services it uses.
   */
  client<Client extends object>(kind: ClientKind<Client>, target: Target): Client;
  /** Drops all clients and credentials, as a new container starts without any. */
  forget(): void;
}

/** A container serves one campaign after the other; sessions of more than these are not kept. */
const mostCampaigns = 8;

type Clients = Map<ClientKind<object>, Map<string, object>>;

/** What is held for one campaign: credentials name it, so clients that have them cannot serve another. */
interface Acting {
  readonly credentialsFor: ReturnType<typeof assumedRoles>;
  readonly clients: Clients;
}

/**
 * Sessions on real AWS. The hub's own account is reached with the default credentials in every region, other accounts
 * by AssumeRole. Makes no network call before the first request.
 *
 * `adaptive` retries pace a client after a throttle; since clients are per target, one crowded account slows no other.
 * {@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html}
 *
 * @param access - Role and external id of the member accounts; read when a role is assumed.
 * @param campaign - The campaign that is being worked for now; null where there is none.
 */
export const awsSessions = (
  hub: Target,
  access: () => Access,
  campaign: () => string | null = () => null,
): Sessions => {
  const ofHub: Clients = new Map();
  const byCampaign = new Map<string | null, Acting>();

  const acting = (): Acting => {
    const campaignId = campaign();
    const known = byCampaign.get(campaignId);
    if (known !== undefined) return known;
    const [oldest] = byCampaign.keys();
    if (byCampaign.size >= mostCampaigns && oldest !== undefined) byCampaign.delete(oldest);
    const made = { credentialsFor: assumedRoles(hub.region, access, campaignId), clients: new Map() };
    byCampaign.set(campaignId, made);
    return made;
  };

  return {
    hub,
    forget: () => {
      ofHub.clear();
      byCampaign.clear();
    },
    client: (kind, target) => {
      const member = target.account === hub.account ? null : acting();
      const clients = member?.clients ?? ofHub;
      const ofKind = clients.get(kind) ?? new Map<string, object>();
      clients.set(kind, ofKind);
      const key = `${target.account}/${target.region}`;
      const known = ofKind.get(key);
      // The map's key is the class that made the value.
      if (known !== undefined) return known as InstanceType<typeof kind>;
      const made = new kind({
        region: target.region,
        maxAttempts: 8,
        retryMode: 'adaptive',
        ...(member === null ? {} : { credentials: member.credentialsFor(target) }),
      });
      ofKind.set(key, made);
      return made;
    },
  };
};
