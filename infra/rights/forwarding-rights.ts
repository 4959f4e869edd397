import type { Configuration } from '../../domain/configuration.ts';
import { busName } from '../../domain/words.ts';
import type { Uses } from '../handlers/handler.ts';
import type { Right } from './right.ts';

/** Looking at the hub's own bus; the rules of the targets are looked at with their own roles. */
export const forwardingRights = (
  { partition, account }: { readonly partition: string; readonly account: string },
  { forwarding = [] }: Pick<Uses, 'forwarding'>,
  { hub }: Pick<Configuration, 'hub'>,
): readonly Right[] =>
  forwarding.includes('busPolicy')
    ? [
        {
          actions: ['events:DescribeEventBus'],
          resources: [`arn:${partition}:events:${hub.region}:${account}:event-bus/${busName}`],
        },
      ]
    : [];
