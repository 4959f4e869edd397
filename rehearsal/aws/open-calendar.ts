import { HUB_ACCOUNT } from './accounts.ts';
import type { World } from './world.ts';

/** A change calendar opens, in its time or because somebody has changed it; Systems Manager says so. */
export const openCalendar = (world: World, name: string, from: number): void => {
  world.closedCalendars.set(name, { from, until: Date.now() });
  world.publish({
    account: HUB_ACCOUNT,
    region: world.hubRegion,
    source: 'aws.ssm',
    'detail-type': 'Calendar State Change',
    resources: [`arn:aws:ssm:${world.hubRegion}:${HUB_ACCOUNT}:document/${name}`],
    detail: { state: 'OPEN', atTime: new Date().toISOString() },
  });
};
