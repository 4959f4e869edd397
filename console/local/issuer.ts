import { generateKeyPairSync } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider from 'oidc-provider';
import { localAudience } from './configuration.ts';
import { localUsers } from './users.ts';

/** An identity provider for development. */
export interface LocalIssuer {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => unknown;
}

const day = 86_400;

const signingKey = () => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  use: 'sig',
  alg: 'RS256',
});

const groupsOf = (id: string | undefined): readonly string[] => localUsers.find((user) => user.id === id)?.groups ?? [];

/**
 * An identity provider whose users sign in with their name and any password: alice, bob, viewer. Its keys last as long as
 * the process. For this machine only; the server that carries it listens on loopback.
 *
 * @param url - Its own address, as tokens name it.
 * @param redirectUris - Where browsers may be sent back to with a code.
 */
export const localIssuer = (url: string, redirectUris: readonly string[]): LocalIssuer => {
  const provider: Provider = new Provider(url, {
    jwks: { keys: [signingKey()] },
    cookies: { keys: [crypto.randomUUID()] },
    clients: [
      {
        client_id: localAudience,
        redirect_uris: [...redirectUris],
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    scopes: ['openid'],
    claims: { openid: ['sub', 'groups'] },
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => `urn:${localAudience}`,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'openid',
          audience: localAudience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: day,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    ttl: { AccessToken: day, IdToken: day, Session: day, Grant: day, Interaction: 3600, AuthorizationCode: 60 },
    extraTokenClaims: (_context, token) => ({ groups: groupsOf('accountId' in token ? token.accountId : undefined) }),
    findAccount: (_context, id) =>
      localUsers.some((user) => user.id === id)
        ? { accountId: id, claims: () => ({ sub: id, groups: groupsOf(id) }) }
        : undefined,
    // Its only client is the product's own: nobody has to be asked what it may know.
    loadExistingGrant: async (context) => {
      const { client, session } = context.oidc;
      const grant = new provider.Grant({
        ...(client && { clientId: client.clientId }),
        ...(session?.accountId && { accountId: session.accountId }),
      });
      grant.addOIDCScope('openid');
      grant.addResourceScope(`urn:${localAudience}`, 'openid');
      await grant.save();
      return grant;
    },
  });
  return { handle: provider.callback() };
};
