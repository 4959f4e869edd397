import type { TargetHealth } from '../ports/target-groups.ts';

/** `web` of `arn:…:targetgroup/web/73e2d6bc24d8a067`. */
const nameOf = (targetGroupArn: string): string => targetGroupArn.split('/')[1] ?? targetGroupArn;

/**
 * Whether the target counts as fit. A load balancer that never checks a target's health says nothing against it: one
 * that the target group is not used by, or that does not serve the target's zone, and one whose checks are turned off.
 * {@link https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html}
 */
const isFit = ({ state, reason }: TargetHealth): boolean =>
  state === 'healthy' ||
  (state === 'unused' && reason === 'Target.NotInUse') ||
  (state === 'unavailable' && reason === 'Target.HealthCheckDisabled');

const words = ({ state, reason, description }: TargetHealth): string =>
  [state, reason, description].filter((part) => part !== '').join(', ');

/**
 * What keeps the instance from being done in this target group, in words; null where nothing does. One that is
 * registered with several ports has to be healthy on each.
 *
 * @param health - Undefined: there is no such target group.
 */
export const targetTrouble = (
  instanceId: string,
  targetGroupArn: string,
  health: readonly TargetHealth[] | undefined,
): string | null => {
  const where = `target group ${nameOf(targetGroupArn)}`;
  if (health === undefined) return `${where} does not exist`;
  const own = health.filter((one) => one.instanceId === instanceId);
  if (own.length === 0) return `not registered in ${where}`;
  const unfit = own.find((one) => !isFit(one));
  return unfit === undefined ? null : `${where}: ${words(unfit)}`;
};
