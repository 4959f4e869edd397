import middy from '@middy/core';
import type { EventSubject } from '../../domain/events/subject.ts';
import { logger, type LogKeys } from './logger.ts';

/** The stack's ARN in the words of the other lines. */
const stackKeys = (stackId: string | undefined): LogKeys => {
  const [, region, account, stack] =
    /^arn:[^:]+:cloudformation:([^:]+):(\d+):stack\/([^/]+)\//.exec(stackId ?? '') ?? [];
  return { stack, account, region };
};

/** What the event was about; null where its use case does not say, or it was about nothing of ours. */
const subjectKeys = (answer: unknown): LogKeys | null => {
  const { subject } = (answer ?? {}) as { readonly subject?: EventSubject | null };
  if (!subject) return null;
  const { stackId, ...keys } = subject;
  return { ...keys, ...stackKeys(stackId) };
};

const idOf = (event: unknown): string | undefined => {
  const { id } = (event ?? {}) as { readonly id?: unknown };
  return typeof id === 'string' ? id : undefined;
};

/** Entry point of a function that a rule or a schedule invokes. What it throws, Lambda retries and then dead-letters. */
export const eventHandler = (name: string, run: (event: never) => Promise<unknown>) =>
  // Each rule's pattern says what its function is called with.
  middy<unknown, unknown>()
    .use({
      onError: ({ event, error }) => {
        const { name: errorName, message } = error as Error;
        logger.error('event failed', { task: name, eventId: idOf(event), errorName, errorMessage: message });
      },
    })
    .handler(async (event: unknown) => {
      const answer = await run(event as never);
      const { refused } = (answer ?? {}) as { readonly refused?: string };
      // Somebody should look at who sends such events.
      if (refused !== undefined) logger.error('event refused', { task: name, eventId: idOf(event), refused });
      const keys = subjectKeys(answer);
      if (keys !== null) logger.info('event handled', { task: name, eventId: idOf(event), ...keys });
      return answer;
    });
