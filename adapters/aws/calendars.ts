import { GetCalendarStateCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Calendars } from '../../domain/ports/calendars.ts';
import { call, isRefused } from './errors.ts';
import type { Sessions } from './sessions.ts';

/**
 * Change calendars by Systems Manager. Asked for several at once, it answers OPEN only if all of them are.
 * {@link https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetCalendarState.html}
 */
export const awsCalendars = (sessions: Sessions): Calendars => ({
  state: async (names) => {
    try {
      const { State, NextTransitionTime } = await call(`GetCalendarState of ${names.join(', ')}`, () =>
        sessions.client(SSMClient, sessions.hub).send(new GetCalendarStateCommand({ CalendarNames: [...names] })),
      );
      const changesAt = NextTransitionTime === undefined ? null : new Date(NextTransitionTime).toISOString();
      return { open: State === 'OPEN', changesAt, trouble: '' };
    } catch (error) {
      if (isRefused(error, 'InvalidDocument', 'InvalidDocumentType', 'UnsupportedCalendarException'))
        return { open: false, changesAt: null, trouble: `${error.name}: ${error.message}` };
      throw error;
    }
  },
});
