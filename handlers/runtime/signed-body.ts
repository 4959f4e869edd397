import type * as z from 'zod/mini';
import type { IamRequest } from './iam-request.ts';

const json = ({ body = '', isBase64Encoded }: IamRequest): unknown => {
  try {
    return JSON.parse(isBase64Encoded === true ? Buffer.from(body, 'base64').toString('utf8') : body);
  } catch {
    return undefined;
  }
};

/** The caller that IAM has authenticated and what the request says; or what is wrong with it, with the HTTP status. */
export const signedBody = <S extends z.ZodMiniType>(
  event: IamRequest,
  schema: S,
): { readonly identity: string; readonly said: z.output<S> } | { readonly error: string; readonly status: number } => {
  const identity = event.requestContext?.authorizer?.iam?.userArn;
  if (identity === undefined || identity === '')
    return { error: 'the request is not signed by an IAM identity', status: 403 };
  const parsed = schema.safeParse(json(event));
  if (parsed.success) return { identity, said: parsed.data };
  const fields = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.') || 'body'}: ${message}`);
  return { error: fields.join('; '), status: 400 };
};
