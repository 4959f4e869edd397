/** A request to a function URL with IAM authorization, as far as it is read here. */
export interface IamRequest {
  readonly body?: string | undefined;
  readonly isBase64Encoded?: boolean | undefined;
  readonly requestContext?: { readonly authorizer?: { readonly iam?: { readonly userArn?: string } } | undefined };
}

export interface JsonResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const answer = (statusCode: number, body: object): JsonResponse => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
