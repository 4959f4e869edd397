import { channel } from 'node:diagnostics_channel';
import { Logger } from '@aws-lambda-powertools/logger';
import { correlationOf, correlationOfToken } from '../../domain/correlation.ts';

/** Fields of a line. A task token and the body of an event are never among them. */
export type LogKeys = Readonly<Record<string, unknown>> & {
  readonly campaignId?: string | null | undefined;
  readonly requestToken?: string | undefined;
};

const powertools = new Logger({ serviceName: 'ami-rollout' });

/** Whoever subscribes hears of every line, whatever the level that is written. */
const lines = channel('ami-rollout:log');

const correlation = ({ campaignId, requestToken }: LogKeys): string | undefined => {
  if (typeof campaignId === 'string') return correlationOf(campaignId);
  return requestToken === undefined ? undefined : correlationOfToken(requestToken);
};

const writer =
  (level: 'info' | 'error') =>
  (message: string, keys: LogKeys): void => {
    const line = { ...keys, correlationId: correlation(keys) };
    powertools[level](message, line);
    if (lines.hasSubscribers) lines.publish({ level, message, ...line });
  };

/** Structured logs; keys name the campaign and the stack, and `correlationId` is the same in every line about a campaign. */
export const logger = { info: writer('info'), error: writer('error') };
