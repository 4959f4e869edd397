import { HUB_ACCOUNT } from '../aws/accounts.ts';

/** A person's request to the API, as API Gateway hands it on once it has verified the signature. */
export const signedRequest = (person: string, path: string, body: object) => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: `/machine${path}`,
  rawQueryString: '',
  headers: { 'content-type': 'application/json', host: 'console' },
  requestContext: {
    authorizer: { iam: { userArn: `arn:aws:iam::${HUB_ACCOUNT}:user/${person}` } },
    domainName: 'console',
    http: { method: 'POST', path: `/machine${path}` },
  },
  body: JSON.stringify(body),
  isBase64Encoded: false,
});

/** Whether the API has accepted, and the JSON that it has answered. */
export const answered = (response: unknown): { readonly ok: boolean; readonly said: unknown } => {
  const { body, statusCode = 500 } = response as { body?: string; statusCode?: number };
  return { ok: statusCode < 300, said: body === undefined ? undefined : (JSON.parse(body) as unknown) };
};
