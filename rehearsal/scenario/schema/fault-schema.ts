import * as z from 'zod';
import { faultKinds, type FaultKind } from '../../aws/faults/fault.ts';
import { closed } from './shapes.ts';

const ofHandlers = ['handlerCrash', 'handlerTimeout'] as const;
const outages = ['regionOutage', 'serviceOutage'] as const;
/** Fields that only some kinds of faults have. */
const fieldsOfFaults: Readonly<
  Record<'handler' | 'direction' | 'atCall' | 'service' | 'minutes', readonly FaultKind[]>
> = {
  handler: ofHandlers,
  atCall: ofHandlers,
  direction: [...ofHandlers, ...outages, 'stackBusyAtUpdate'],
  service: ['serviceOutage'],
  minutes: [...outages, 'clockSkew'],
};

/** What goes wrong, and where. */
export const fault = closed({
  kind: z.enum(faultKinds),
  ring: z.string().optional(),
  nth: z.int().positive().default(1),
  times: z.int().positive().default(1),
  stack: z.string().optional(),
  handler: z.string().optional(),
  direction: z.enum(['forward', 'restore']).optional(),
  atCall: z.int().positive().optional(),
  service: z.string().optional(),
  minutes: z.number().optional(),
}).superRefine((one, context) => {
  for (const [field, kinds] of Object.entries(fieldsOfFaults))
    if (one[field as keyof typeof fieldsOfFaults] !== undefined && !kinds.includes(one.kind))
      context.addIssue({ code: 'custom', path: [field], message: `is for ${kinds.join(', ')} only: leave it out` });
  if (one.kind === 'serviceOutage' && one.service === undefined)
    context.addIssue({ code: 'custom', path: ['service'], message: 'name the service that is out, such as ec2' });
});
