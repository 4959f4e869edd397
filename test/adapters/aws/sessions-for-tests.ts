import { awsSessions, type Sessions } from '../../../adapters/aws/sessions.ts';
import type { Target } from '../../../domain/target.ts';

/** The tooling account. */
export const hub: Target = { account: '100000000000', region: 'eu-west-1' };
/** A member account. */
export const member: Target = { account: '100000000001', region: 'us-east-1' };

/** Real sessions: the tests replace what is below `client.send`. */
export const testSessions = (of = hub, campaign: () => string | null = () => null): Sessions =>
  awsSessions(of, () => ({ roleName: 'spoke', externalId: 'secret-word' }), campaign);

/** An error as the SDK throws it. */
export const sdkError = (name: string, message = 'no', status = 400): Error =>
  Object.assign(new Error(message), { name, $fault: 'client', $metadata: { httpStatusCode: status } });
