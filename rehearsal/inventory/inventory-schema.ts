import * as z from 'zod';
import { fleetInventoryVersion, type FleetInventory } from '../../domain/planning/fleet-inventory.ts';
import { accountId, closed, imageId, region, stackName } from '../scenario/schema/shapes.ts';

const text = z.string().min(1);
const count = z.int().nonnegative();
const target = { account: accountId, region };

const leftOut = closed({ stackId: text, stackName: text, ...target, environment: z.string(), reason: text });

const stack = closed({
  stackId: text,
  stackName,
  ...target,
  family: text,
  environment: z.string(),
  status: text,
  ring: text.nullable(),
  mode: z.enum(['parameter', 'ssm']),
  parameter: text,
  ssmParameter: text.nullable(),
  // Files of earlier versions have none: then it is the stack that reads the parameter.
  readBy: z.enum(['stack', 'launch']).nullable().default(null),
  image: imageId,
  running: z.record(imageId, count).nullable(),
  replacement: z.enum(['rolling', 'replacing', 'instanceRefresh', 'none']).nullable(),
  serviceRole: z.boolean(),
  alarms: z.array(text),
  tags: z.record(z.string().startsWith('ami-rollout:', 'only tags ami-rollout:… belong here'), z.string()),
}).superRefine((one, context) => {
  const issue = (field: string, message: string): void => context.addIssue({ code: 'custom', path: [field], message });
  const [, , service, inRegion, inAccount] = one.stackId.split(':');
  if (service !== 'cloudformation' || inRegion !== one.region || inAccount !== one.account)
    issue('stackId', `is no stack of ${one.account}/${one.region}`);
  if (one.mode === 'ssm' && one.ssmParameter === null) issue('ssmParameter', 'mode ssm needs its name');
  if (one.mode === 'parameter' && one.ssmParameter !== null) issue('ssmParameter', 'mode parameter has none: null');
});

const distinct = (
  stacks: readonly { readonly stackName: string; readonly account: string; readonly region: string }[],
  context: z.RefinementCtx,
): void => {
  const first = new Map<string, number>();
  for (const [index, one] of stacks.entries()) {
    const name = `${one.account}/${one.region}/${one.stackName}`;
    const before = first.get(name);
    if (before === undefined) first.set(name, index);
    else
      context.addIssue({ code: 'custom', path: [index, 'stackName'], message: `is the stack of entry ${before} too` });
  }
};

/** The file that `ami-rollout inventory` writes. Closed, as people edit it: a misspelt field must not be overlooked. */
export const inventorySchema = closed({
  schemaVersion: z.literal(
    fleetInventoryVersion,
    `this version reads inventories of schema version ${fleetInventoryVersion}: take the inventory again`,
  ),
  takenAt: z.iso.datetime(),
  hub: closed(target),
  family: text.nullable(),
  stacks: z.array(stack).min(1, 'there is no stack to rehearse with').superRefine(distinct),
  leftOut: z.array(leftOut),
  unreachable: z.array(closed({ ...target, reason: text })),
  gaps: z.array(closed({ ...target, what: text, reason: text })),
  counts: closed({ targets: count, seen: count, notOptedIn: count, otherFamilies: count }),
}) satisfies z.ZodType<FleetInventory>;
