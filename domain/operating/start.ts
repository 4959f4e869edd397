import { begin, type BeginPorts, type Request, type StartAnswer } from './begin.ts';

/** The fields of a start, as the console of Step Functions takes them too. */
export interface StartInput {
  readonly imageId: string;
  readonly region?: string | undefined;
  readonly family?: string | undefined;
  readonly environments?: readonly string[] | undefined;
  readonly reason?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly allowOlder?: boolean | undefined;
  readonly allowRevoked?: boolean | undefined;
}

/** Starts a campaign for somebody who has signed in. */
export const start =
  (ports: BeginPorts) =>
  (request: Request<StartInput>): Promise<StartAnswer> =>
    begin(ports, request.input.imageId, request);
