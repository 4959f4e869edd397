import * as client from 'openid-client';
import type { ConsoleSettings } from '../../domain/configuration/console-settings.ts';
import type { Caller } from '../../domain/access/caller.ts';
import { callerOf } from './bearer-token.ts';

type Oidc = NonNullable<ConsoleSettings['oidc']>;

/** What one sign-in has to remember until the browser comes back. */
export interface Login {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** The identity provider, as the pages use it: the authorization code flow with PKCE. */
export interface IdentityProvider {
  /** Where to send the browser; `again` asks who it is, even of somebody the provider knows. */
  readonly begin: (redirectUri: string, again: boolean) => Promise<{ readonly url: URL; readonly login: Login }>;
  /** Who has come back: the code is exchanged, the identity token's signature, issuer, audience and nonce are verified. */
  readonly finish: (
    url: URL,
    login: Login,
  ) => Promise<{ readonly caller: Extract<Caller, { kind: 'oidc' }>; readonly name: string }>;
}

/** How the pages are known to the provider. */
export interface ProviderClient {
  readonly oidc: Oidc | null;
  /** Empty: a public client, which PKCE alone protects. Asked for when it is needed. */
  readonly clientSecret: () => Promise<string>;
}

/** The way back failed for a reason that lies outside: an old link, a refusal, a code used twice. */
export class SignInFailed extends Error {
  override readonly name = 'SignInFailed';
}

const isLocal = (issuer: URL): boolean => issuer.protocol === 'http:' && issuer.hostname === '127.0.0.1';

/** Asks the provider for its addresses once, and again after a failure. */
export const identityProvider = (settings: () => ProviderClient): IdentityProvider => {
  const known = (): Oidc & { readonly clientId: string } => {
    const { oidc } = settings();
    if (!oidc?.clientId) throw new Error('console.oidc.clientId is not configured: no pages');
    return { ...oidc, clientId: oidc.clientId };
  };
  let found: Promise<client.Configuration> | undefined;
  const discover = async (): Promise<client.Configuration> => {
    const oidc = known();
    const issuer = new URL(oidc.issuer);
    const secret = await settings().clientSecret();
    const authentication = secret === '' ? client.None() : client.ClientSecretPost(secret);
    // Without TLS on this machine only; marked as deprecated to stand out.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const execute = isLocal(issuer) ? [client.allowInsecureRequests] : [];
    return client.discovery(issuer, oidc.clientId, undefined, authentication, { execute });
  };
  const provider = async (): Promise<client.Configuration> => {
    try {
      return await (found ??= discover());
    } catch (error) {
      found = undefined;
      throw error;
    }
  };
  return {
    begin: async (redirectUri, again) => {
      const login = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(await provider(), {
        redirect_uri: redirectUri,
        scope: 'openid',
        state: login.state,
        nonce: login.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(login.verifier),
        code_challenge_method: 'S256',
        ...(again ? { prompt: 'login' } : {}),
      });
      return { url, login };
    },
    finish: async (url, { state, nonce, verifier }) => {
      const configuration = await provider();
      try {
        const tokens = await client.authorizationCodeGrant(configuration, url, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims() ?? {};
        const named = ['name', 'preferred_username', 'email'].map(
          (claim) => (claims as Record<string, unknown>)[claim],
        );
        const caller = callerOf(claims, known());
        const name = named.find((one): one is string => typeof one === 'string' && one !== '') ?? caller.subject;
        return { caller, name: name.slice(0, 100) };
      } catch (error) {
        const known =
          error instanceof client.AuthorizationResponseError ||
          error instanceof client.ResponseBodyError ||
          error instanceof client.ClientError;
        if (known) throw new SignInFailed(error.message, { cause: error });
        throw error;
      }
    },
  };
};
