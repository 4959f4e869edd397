import { decodeJwt } from 'jose';
import type { Configuration } from '../../domain/configuration.ts';
import { bearerOf, callerOf } from './bearer-token.ts';
import { NotSignedIn, type Identify } from './identify.ts';

/**
 * Who API Gateway's JWT authorizer has let through. It has verified the token of this very request, and hands on claims
 * as text in which a list cannot be told from a value: the claims are read from the token itself.
 * {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html}
 */
export const byGatewayToken =
  (configuration: () => Configuration): Identify =>
  (c) => {
    const { oidc } = configuration().console;
    const claims = c.env.requestContext?.authorizer?.jwt?.claims;
    if (oidc === null || claims === undefined)
      return Promise.reject(new NotSignedIn('the request did not pass the token authorizer'));
    const token = decodeJwt(bearerOf(c.req.header('authorization')));
    if (token.sub !== claims['sub'] || token.iss !== oidc.issuer)
      return Promise.reject(new NotSignedIn('the token is not the one that was authorized'));
    return Promise.resolve(callerOf(token, oidc));
  };

/** Who has signed the request with AWS credentials, as API Gateway's IAM authorizer has verified. */
export const byGatewaySignature: Identify = (c) => {
  const arn = c.env.requestContext?.authorizer?.iam?.userArn ?? '';
  return arn === ''
    ? Promise.reject(new NotSignedIn('sign the request with AWS credentials (Signature Version 4, execute-api)'))
    : Promise.resolve({ kind: 'iam', arn });
};
