import { verifyTrail } from '../../domain/audit/verify-trail.ts';
import { connect } from '../api/client.ts';
import type { ConnectionOptions } from '../api/connection.ts';
import { ExitCode } from '../exit-code.ts';
import { standardOutput } from '../terminal/terminal.ts';
import { readTrail } from './read-trail.ts';
import { verificationLines } from './verification-lines.ts';

/** `ami-rollout audit --verify`: recomputes the trail here, from what the API gives; exit code 1 if it is broken. */
export const runVerify = async (campaignId: string, options: ConnectionOptions): Promise<number> => {
  const verification = verifyTrail(await readTrail(await connect(options), campaignId));
  const { write, colors } = standardOutput();
  if (options.json === true) write(`${JSON.stringify(verification)}\n`);
  else write(`${verificationLines(verification, colors).join('\n')}\n`);
  return verification.intact ? ExitCode.Done : ExitCode.Failed;
};
