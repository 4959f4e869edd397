import middy from '@middy/core';
import { logger } from './logger.ts';

/** Entry point of a function that a rule or a schedule invokes. What it throws, Lambda retries and then dead-letters. */
export const eventHandler = (name: string, run: (event: never) => Promise<unknown>) =>
  // Each rule's pattern says what its function is called with.
  middy<unknown, unknown>()
    .use({
      onError: ({ error }) => {
        const { name: errorName, message } = error as Error;
        logger.error('event failed', { task: name, errorName, errorMessage: message });
      },
    })
    .handler((event: unknown) => run(event as never));
