import { rollbackAnswer, type RollbackAnswer } from '../../contracts/http/rollback.ts';
import { foreignAnswer, postSigned } from '../signed/post-signed.ts';
import { UsageError } from '../usage-error.ts';

/** Where requests about rollbacks go. */
export interface RollbackAddress {
  readonly url: URL;
  readonly region: string;
}

/** A rollback of many campaigns reads all their stacks. */
const timeoutSeconds = 300;

/**
 * Sends one signed request about a rollback and gives the answer.
 *
 * @throws UsageError when it did not get through to the product
 */
export const sendRollback = async ({ url, region }: RollbackAddress, request: object): Promise<RollbackAnswer> => {
  const answer = await postSigned({ url, region, body: JSON.stringify(request) }, timeoutSeconds);
  const parsed = rollbackAnswer.safeParse(answer.json);
  if (parsed.success) return parsed.data;
  throw new UsageError(
    foreignAnswer(answer, url, { functionName: 'ami-rollout-rollback-campaign', what: 'a rollback' }),
  );
};
