import { alarmNames } from '../state/alarm-names.ts';
import { setAlarmState } from '../state/sim-alarm.ts';
import type { SimStack } from '../state/sim-stack.ts';
import type { World } from '../world.ts';

/** The stack's alarms go off; they stay red until the stack is off the new image. */
export const raiseAlarm = (world: World, stack: SimStack): void => {
  const { alarms } = world.target(stack.account, stack.region);
  const names = alarmNames(stack);
  if (names.length === 0) {
    throw new Error(`Fault alarm: stack ${stack.name} names no alarm in its tag ami-rollout:alarms.`);
  }
  for (const name of names) {
    const alarm = alarms.get(name);
    if (alarm === undefined) continue;
    setAlarmState(alarm, 'ALARM', 'Threshold Crossed: 3 datapoints were greater than the threshold', Date.now());
    world.publish({
      source: 'aws.cloudwatch',
      'detail-type': 'CloudWatch Alarm State Change',
      account: stack.account,
      region: stack.region,
      resources: [alarm.arn],
      detail: { alarmName: name, state: { value: 'ALARM', reason: alarm.reason }, previousState: { value: 'OK' } },
    });
  }
};

/** The metrics of the stack's alarms get no data from now on. */
export const silenceAlarms = (world: World, stack: SimStack): void => {
  const { alarms } = world.target(stack.account, stack.region);
  for (const name of alarmNames(stack)) {
    const alarm = alarms.get(name);
    if (alarm !== undefined) alarm.silent = true;
  }
};
