import type { Caller } from '../domain/access/caller.ts';

/** What API Gateway puts beside a request: what its authorizers have proved. */
export interface GatewayContext {
  readonly authorizer?: {
    readonly iam?: { readonly userArn?: string } | null;
    readonly jwt?: { readonly claims?: Readonly<Record<string, unknown>> } | null;
  } | null;
}

/** The types of the app: what the server gives it, and what its middleware finds out. */
export interface ConsoleEnv {
  Bindings: { readonly requestContext?: GatewayContext };
  Variables: { caller: Caller };
}
