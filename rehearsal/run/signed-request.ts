import { HUB_ACCOUNT } from '../aws/accounts.ts';

/** A person's request to a function URL, as the handler sees it after IAM has checked the signature. */
export const signedRequest = (person: string, body: object) => ({
  body: JSON.stringify(body),
  isBase64Encoded: false,
  requestContext: { authorizer: { iam: { userArn: `arn:aws:iam::${HUB_ACCOUNT}:user/${person}` } } },
});

/** The JSON that the handler has answered. */
export const answered = (response: unknown): unknown => {
  const { body } = response as { body?: string };
  return body === undefined ? undefined : (JSON.parse(body) as unknown);
};
