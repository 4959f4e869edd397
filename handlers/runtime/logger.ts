import { Logger } from '@aws-lambda-powertools/logger';

/** Structured logs; keys name the campaign and the stack. Task tokens and event bodies are never given to it. */
export const logger = new Logger({ serviceName: 'ami-rollout' });
