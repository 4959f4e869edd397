import { alarmNames } from '../state/alarm-names.ts';
import { setAlarmState } from '../state/sim-alarm.ts';
import type { SimStack } from '../state/sim-stack.ts';
import type { World } from '../world.ts';

/** Alarms that the new image turned red go back to OK once the stack is off it. */
export const settleAlarms = (world: World, stack: SimStack): void => {
  if (stack.image === world.newImage.get(stack.region)) return;
  const { alarms } = world.target(stack.account, stack.region);
  for (const name of alarmNames(stack)) {
    const alarm = alarms.get(name);
    if (alarm !== undefined) setAlarmState(alarm, 'OK', 'Threshold no longer crossed', Date.now());
  }
};
