import middy from '@middy/core';
import { logger } from './logger.ts';

/** Entry point of a function that a rule or a schedule invokes. What it throws, Lambda retries and then dead-letters. */
export const eventHandler = <E, R>(name: string, run: (event: E) => Promise<R>) =>
  middy<E, R>()
    .use({
      before: () => {
        logger.resetKeys();
        logger.appendKeys({ task: name });
      },
      onError: ({ error }) => {
        const { name: errorName, message } = error as Error;
        logger.error('event failed', { errorName, errorMessage: message });
      },
    })
    .handler((event: E) => run(event));
