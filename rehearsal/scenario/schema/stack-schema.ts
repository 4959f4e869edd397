import * as z from 'zod';
import { account, closed, count, minutes, region, stackName, tags } from './shapes.ts';

const mode = z.enum(['parameter', 'ssm']);

const replacement = z.enum(['rolling', 'replacing', 'instanceRefresh', 'none', 'latest', 'default']);

/** Which of the campaign's two images. */
const which = z.enum(['new', 'previous']);

/** One stack as a scenario lists it. */
export const stack = closed({
  name: stackName,
  account: account.optional(),
  region: region.optional(),
  /** The tag ami-rollout:ring. */
  ring: z.string().optional(),
  mode: mode.default('parameter'),
  /** Mode ssm: who reads the SSM parameter, the stack at each update or EC2 at each launch. */
  readBy: z.enum(['stack', 'launch']).default('stack'),
  /** Mode ssm: the SSM parameter's name; one of the stack's own where none is given. */
  ssmParameter: z
    .string()
    .regex(/^\/[\w.-]+(\/[\w.-]+)*$/, 'the name of an SSM parameter, such as /web/image')
    .optional(),
  /** Mode ssm: the SSM parameter's data type. */
  dataType: z.enum(['aws:ec2:image', 'text']).default('aws:ec2:image'),
  replacement: replacement.default('rolling'),
  updateMinutes: minutes.optional(),
  instances: count.default(2),
  tags: tags.default({}),
  /** A role of CloudFormation's own: `true` for one with the usual name, or its ARN. */
  serviceRole: z.union([z.boolean(), z.string().startsWith('arn:')]).default(false),
  /** Whether the alarms that its tag names are the stack's rollback triggers, too. */
  rollbackTriggers: z.boolean().default(false),
  /** How long CloudFormation watches them after an update. */
  monitoringMinutes: z.int().min(0).max(180).default(5),
  /** Whether a load balancer's target group checks the health of its instances. */
  targetGroup: z.boolean().default(false),
  /** What the image parameter, or the SSM parameter it reads, is set to. */
  image: which.default('previous'),
  /** CloudFormation's status before the campaign. */
  status: z
    .enum([
      'CREATE_COMPLETE',
      'UPDATE_COMPLETE',
      'UPDATE_ROLLBACK_COMPLETE',
      'UPDATE_ROLLBACK_FAILED',
      'ROLLBACK_COMPLETE',
    ])
    .default('CREATE_COMPLETE'),
  /** Mode ssm: what the stack's last update made of the SSM parameter; default: what the parameter holds. */
  resolved: which.optional(),
  /** What the instances run; default: what the parameter says. */
  runs: which.optional(),
}).superRefine((one, context) => {
  if (one.mode === 'ssm') return;
  const given = { readBy: one.readBy === 'launch', ssmParameter: one.ssmParameter, resolved: one.resolved };
  for (const [field, value] of Object.entries(given))
    if (value !== undefined && value !== false)
      context.addIssue({ code: 'custom', path: [field], message: 'is for mode ssm only: add mode: ssm' });
});
