import { beforeEach, describe, expect, it } from '@jest/globals';
import { GetCalendarStateCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { awsCalendars } from '../../../adapters/aws/calendars.ts';
import { Throttled } from '../../../domain/errors.ts';
import { sdkError, testSessions } from './sessions-for-tests.ts';

const ssm = mockClient(SSMClient);
const calendars = awsCalendars(testSessions());

beforeEach(() => {
  ssm.reset();
});

describe('calendars', () => {
  it('are asked for together, and say when they change', async () => {
    ssm.on(GetCalendarStateCommand).resolves({ State: 'CLOSED', NextTransitionTime: '2026-11-23T08:00:00Z' });
    expect(await calendars.state(['a', 'b'])).toEqual({
      open: false,
      changesAt: '2026-11-23T08:00:00.000Z',
      trouble: '',
    });
    expect(ssm.commandCalls(GetCalendarStateCommand)[0]?.args[0].input).toEqual({ CalendarNames: ['a', 'b'] });
    ssm.on(GetCalendarStateCommand).resolves({ State: 'OPEN' });
    expect(await calendars.state(['a'])).toEqual({ open: true, changesAt: null, trouble: '' });
  });

  it('count as closed where there is no such calendar, and where the answer says nothing', async () => {
    ssm.on(GetCalendarStateCommand).rejects(sdkError('InvalidDocument'));
    expect(await calendars.state(['a'])).toMatchObject({ open: false, trouble: expect.stringContaining('Invalid') });
    ssm.on(GetCalendarStateCommand).resolves({});
    expect(await calendars.state(['a'])).toMatchObject({ open: false });
  });

  it('are asked again after a throttle', async () => {
    ssm.on(GetCalendarStateCommand).rejects(sdkError('ThrottlingException'));
    await expect(calendars.state(['a'])).rejects.toBeInstanceOf(Throttled);
  });
});
