import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Caller } from '../../domain/access/caller.ts';
import type { ConsoleSettings } from '../../domain/configuration/console-settings.ts';
import { NotSignedIn, type Identify } from './identify.ts';

type Oidc = NonNullable<ConsoleSettings['oidc']>;

/** The token of an `Authorization: Bearer` header. */
export const bearerOf = (header: string | undefined): string => {
  const [, token] = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(header ?? '') ?? [];
  if (token === undefined) throw new NotSignedIn('send a token of the identity provider: Authorization: Bearer …');
  return token;
};

/** Who the claims of a verified token say it is. */
export const callerOf = (
  claims: JWTPayload,
  { groupsClaim }: Pick<Oidc, 'groupsClaim'>,
): Extract<Caller, { kind: 'oidc' }> => {
  const { sub, [groupsClaim]: groups } = claims;
  if (sub === undefined || sub === '') throw new NotSignedIn('the token names no subject');
  const named: readonly unknown[] = Array.isArray(groups) ? groups : [];
  return { kind: 'oidc', subject: sub, groups: named.filter((group) => typeof group === 'string') };
};

/** Access tokens of some providers (Cognito) name their client in `client_id` and have no audience. */
const isForUs = ({ aud, client_id: client }: JWTPayload, { audiences }: Oidc): boolean =>
  (aud === undefined ? [client] : [aud].flat()).some((one) => typeof one === 'string' && audiences.includes(one));

const reasonOf = (error: errors.JOSEError): string =>
  error instanceof errors.JWTExpired
    ? 'the token has expired: sign in again'
    : `the token is not valid: ${error.message}`;

/** What verifying needs. */
export interface TokenVerification {
  readonly oidc: Oidc;
  /** The provider's public keys. */
  readonly keys: JWTVerifyGetKey;
  readonly now: () => Date;
}

/** Verifies a token: signature, issuer, audience, validity. Asymmetric algorithms only. */
const verifyToken = async (token: string, { oidc, keys, now }: TokenVerification): Promise<Caller> => {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: oidc.issuer,
      algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'],
      requiredClaims: ['exp', 'sub'],
      currentDate: now(),
      clockTolerance: 5,
    });
    if (!isForUs(payload, oidc)) throw new NotSignedIn('the token is for another application (audience)');
    return callerOf(payload, oidc);
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new NotSignedIn(reasonOf(error), { cause: error });
    throw error;
  }
};

/** People by the token they bring, verified here: for servers with no gateway in front. */
export const byBearerToken =
  (verification: TokenVerification): Identify =>
  async (c) =>
    verifyToken(bearerOf(c.req.header('authorization')), verification);
