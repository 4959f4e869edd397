import { UsageError } from '../usage-error.ts';
import { ApiError, type Client } from './client.ts';

const mayPass = (error: unknown): boolean =>
  error instanceof UsageError || (error instanceof ApiError && (error.status === 429 || error.status >= 500));

/**
 * A client for hours of looking, which a moment without network must not end: once the API has answered, a look that fails is
 * repeated for five minutes. Before that it fails at once, for then the address may be wrong. Decisions are never repeated.
 */
export const patient = (client: Client, { tries = 20, pauseMilliseconds = 15_000 } = {}): Client => {
  let hasAnswered = false;
  return {
    call: async (method, path, sent) => {
      for (let failed = 0; ; failed += 1) {
        try {
          const answer = await client.call<never>(method, path, sent);
          hasAnswered = true;
          return answer;
        } catch (error) {
          if (method !== 'GET' || !hasAnswered || !mayPass(error) || failed === tries) throw error;
          await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
        }
      }
    },
  };
};
