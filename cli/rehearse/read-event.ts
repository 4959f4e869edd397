import { readFileSync } from 'node:fs';
import { UsageError } from '../usage-error.ts';

/** Reads an EventBridge document from a file. */
export const readEvent = (file: string): unknown => {
  let event: unknown;
  try {
    event = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new UsageError(`${file} is no JSON: ${cause.message}`, { cause });
  }
  const missing = ['source', 'detail-type', 'detail'].filter(
    (field) => typeof event !== 'object' || event === null || !(field in event),
  );
  if (missing.length === 0) return event;
  throw new UsageError(
    `${file} is no EventBridge event: it has no ${missing.join(', no ')}. Give a document as a rule receives it; ` +
      'examples/events/ has some.',
  );
};
