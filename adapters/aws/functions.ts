import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Functions } from '../../domain/ports/functions.ts';
import { call } from './errors.ts';
import type { Sessions } from './sessions.ts';

const parsed = (payload: Uint8Array | undefined): unknown => {
  const text = new TextDecoder().decode(payload);
  return text === '' ? null : (JSON.parse(text) as unknown);
};

const failure = (answer: unknown): string => {
  const { errorType = 'Error', errorMessage = 'no message' } = (answer ?? {}) as Partial<Record<string, string>>;
  return `${errorType}: ${errorMessage}`;
};

/**
 * Functions by Lambda, called with the hub's own credentials; a function of another account must allow the hub by its
 * resource policy. A function that fails answers 200 with `FunctionError`.
 * {@link https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html}
 */
export const awsFunctions = (sessions: Sessions): Functions => {
  const client = (functionName: string) => {
    const region = /^arn:[^:]+:lambda:([^:]+):/.exec(functionName)?.[1] ?? sessions.hub.region;
    return sessions.client(LambdaClient, { account: sessions.hub.account, region });
  };

  return {
    queue: async (functionName, payload) => {
      await call(`Invoke (queued) of ${functionName}`, () =>
        client(functionName).send(
          new InvokeCommand({
            FunctionName: functionName,
            InvocationType: 'Event',
            Payload: new TextEncoder().encode(JSON.stringify(payload)),
          }),
        ),
      );
    },

    call: async (functionArn, payload, timeoutSeconds) => {
      const abort = new AbortController();
      const { signal: abortSignal } = abort;
      const timer = setTimeout(() => abort.abort(), timeoutSeconds * 1000);
      const { FunctionError, Payload } = await call(`Invoke of ${functionArn}`, async () => {
        try {
          return await client(functionArn).send(
            new InvokeCommand({
              FunctionName: functionArn,
              InvocationType: 'RequestResponse',
              Payload: new TextEncoder().encode(JSON.stringify(payload)),
            }),
            { abortSignal },
          );
        } catch (error) {
          if (!abortSignal.aborted) throw error;
          throw new Error(`${functionArn} gave no answer in ${timeoutSeconds} seconds`, { cause: error });
        } finally {
          clearTimeout(timer);
        }
      });
      const answer = parsed(Payload);
      if (FunctionError !== undefined) throw new Error(`${functionArn} failed: ${failure(answer)}`);
      return answer;
    },
  };
};
