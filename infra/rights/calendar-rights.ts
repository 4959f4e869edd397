import type { Configuration } from '../../domain/configuration.ts';
import type { Uses } from '../handlers/handler.ts';
import type { Right } from './right.ts';

/** Reading the change calendars that the configuration names: the hub's own, and shared ones by their ARN. */
export const calendarRights = (
  { partition, account }: { readonly partition: string; readonly account: string },
  uses: Uses['calendars'] = [],
  { hub, calendars, rings }: Pick<Configuration, 'hub' | 'calendars' | 'rings'>,
): readonly Right[] => {
  const names = [...new Set([...calendars, ...rings.flatMap((ring) => ring.calendars)])].sort();
  if (uses.length === 0 || names.length === 0) return [];
  const arn = (name: string): string =>
    name.startsWith('arn:') ? name : `arn:${partition}:ssm:${hub.region}:${account}:document/${name}`;
  return [{ actions: ['ssm:GetCalendarState'], resources: names.map(arn) }];
};
