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

/**
 * Sessions on real AWS. The hub's own account is reached with the default credentials in every region, other accounts
 * by AssumeRole. Makes no network call before the first request.
 *
 * `adaptive` retries pace a client after a throttle; since clients are per target, one crowded account slows no other.
 * {@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html}
 *
 * @param access - Role and external id of the member accounts; read when a role is assumed.
 */
export const awsSessions = (hub: Target, access: () => Access): Sessions => {
  let credentialsFor = assumedRoles(hub.region, access);
  const clients = new Map<ClientKind<object>, Map<string, object>>();

  return {
    hub,
    forget: () => {
      clients.clear();
      credentialsFor = assumedRoles(hub.region, access);
    },
    client: (kind, target) => {
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
        ...(target.account === hub.account ? {} : { credentials: credentialsFor(target) }),
      });
      ofKind.set(key, made);
      return made;
    },
  };
};
