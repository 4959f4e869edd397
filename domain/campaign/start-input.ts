import * as z from 'zod/mini';
import { imageId } from '../../contracts/shapes.ts';
import { whyForeign } from '../events/origin.ts';

// The small build of zod has no words of its own: each field says here what it must be.
const text = () => z.string('must be a text');
const name = (what = 'must be a name') => z.string(what).check(z.minLength(1, what));
const flag = () => z.boolean('must be true or false');
const aRegion = 'must be a region such as eu-west-1';
const anObject = 'must be an object';
const theArn = 'must be a list with the ARN of the image version';
const exactly = <T extends string>(value: T) => z.literal(value, `must be "${value}"`);

const manual = z.strictObject(
  {
    imageId,
    region: z.optional(z.string(aRegion).check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, aRegion))),
    family: z.optional(name("must be a family's name")),
    environments: z.optional(
      z
        .array(name(), 'must be a list of names')
        .check(z.minLength(1, 'must name at least one environment; leave it out for all of them')),
    ),
    reason: z.optional(text()),
    dryRun: z.optional(flag()),
    allowOlder: z.optional(flag()),
    allowRevoked: z.optional(flag()),
  },
  `${anObject} with the fields of a start`,
);

/** The start of a drill: what it moves and to which image, the configuration and the newest images say. */
const drill = z.strictObject(
  {
    drill: name('must be the name of a stack that drill.stacks of the configuration names'),
    imageId: z.optional(imageId),
    region: manual.shape.region,
    reason: z.optional(text()),
  },
  `${anObject} with the fields of a drill`,
);

const ec2Event = z.object({
  source: z.literal('aws.ec2'),
  'detail-type': exactly('EC2 AMI State Change'),
  region: text(),
  detail: z.object({ ImageId: imageId, State: text() }, anObject),
});

const imageBuilderEvent = z.object({
  source: z.literal('aws.imagebuilder'),
  'detail-type': exactly('EC2 Image Builder Image State Change'),
  account: text(),
  region: text(),
  resources: z.array(text(), theArn).check(z.minLength(1, theArn)),
  detail: z.object({ state: z.object({ status: text() }, anObject) }, anObject),
});

/** What was asked for, whatever form it came in. */
export interface Start {
  readonly how: 'manual' | 'drill' | 'ec2 event' | 'image builder event';
  /** The image, or the Image Builder image version whose images must be looked up; `newest`: a drill looks for one itself. */
  readonly image:
    | { readonly id: string }
    | { readonly newest: true }
    | { readonly imageBuilderArn: string; readonly account: string };
  /** Null: the hub's own region. */
  readonly region: string | null;
  readonly family: string | null;
  readonly environments: readonly string[];
  readonly reason: string;
  readonly dryRun: boolean;
  readonly allowOlder: boolean;
  readonly allowRevoked: boolean;
  /** Name of the stack that is to be drilled; null: it is no drill. */
  readonly drill: string | null;
}

export type StartOrError = { readonly start: Start } | { readonly error: string };

const fieldsOf = ({ shape }: { readonly shape: object }): string => Object.keys(shape).join(', ');

const describe = (issues: readonly z.core.$ZodIssue[], fields = fieldsOf(manual)): string =>
  issues
    .map((issue) => {
      if (issue.code === 'unrecognized_keys')
        return `${issue.keys.map((key) => `"${key}"`).join(', ')} is not a field of a start; the fields are ${fields}`;
      const field = issue.path.map(String).join('.');
      if (field.endsWith('imageId') || field.endsWith('ImageId'))
        return `${field} must be an AMI id such as ami-0123456789abcdef0`;
      return `${field === '' ? 'the input' : field} ${issue.message}`;
    })
    .join('; ');

const fromEvent = (how: Start['how'], image: Start['image'], region: string): Start => ({
  how,
  image,
  region,
  family: null,
  environments: [],
  reason: how,
  dryRun: false,
  allowOlder: false,
  allowRevoked: false,
  drill: null,
});

const hasSource = (value: unknown): value is { source: unknown } =>
  typeof value === 'object' && value !== null && 'source' in value && 'detail-type' in value;

const parseEvent = (event: { source: unknown }): StartOrError => {
  if (event.source === 'aws.ec2') {
    const parsed = ec2Event.safeParse(event);
    if (!parsed.success) return { error: `the EC2 event cannot be read: ${describe(parsed.error.issues)}` };
    const { detail, region } = parsed.data;
    return detail.State === 'available'
      ? { start: fromEvent('ec2 event', { id: detail.ImageId }, region) }
      : { error: `image ${detail.ImageId} is ${detail.State}: only detail.State "available" starts a campaign` };
  }
  if (event.source === 'aws.imagebuilder') {
    const parsed = imageBuilderEvent.safeParse(event);
    if (!parsed.success) return { error: `the Image Builder event cannot be read: ${describe(parsed.error.issues)}` };
    const { detail, account, region, resources } = parsed.data;
    const foreign = whyForeign({ account, region }, resources[0] ?? '');
    if (foreign !== null) return { error: `the Image Builder event cannot be believed: ${foreign}` };
    return detail.state.status === 'AVAILABLE'
      ? { start: fromEvent('image builder event', { imageBuilderArn: resources[0] ?? '', account }, region) }
      : { error: `the image build is ${detail.state.status}: only detail.state.status "AVAILABLE" starts a campaign` };
  }
  return {
    error: `events of source ${String(event.source)} start no campaign: send one of aws.ec2 or aws.imagebuilder`,
  };
};

const asksForDrill = (value: unknown): boolean => typeof value === 'object' && value !== null && 'drill' in value;

const parseDrill = (input: unknown): StartOrError => {
  const parsed = drill.safeParse(input);
  if (!parsed.success) return { error: `the drill cannot be read: ${describe(parsed.error.issues, fieldsOf(drill))}` };
  const { drill: stack, imageId: id, region, reason } = parsed.data;
  return {
    start: {
      how: 'drill',
      image: id === undefined ? { newest: true } : { id },
      region: region ?? null,
      family: null,
      environments: [],
      reason: reason ?? `drill of stack ${stack}`,
      dryRun: false,
      // Where the stack is on the newest image, its predecessor will do.
      allowOlder: true,
      allowRevoked: false,
      drill: stack,
    },
  };
};

/**
 * Reads the input of an execution: a manual start as typed into the Step Functions console, a drill, or an EventBridge event as
 * AWS publishes it. The error names the field and what it should be.
 */
export const parseStart = (input: unknown): StartOrError => {
  if (hasSource(input)) return parseEvent(input);
  if (asksForDrill(input)) return parseDrill(input);
  const parsed = manual.safeParse(input);
  if (!parsed.success) return { error: `the start cannot be read: ${describe(parsed.error.issues)}` };
  const { imageId: id, region, family, environments, reason, dryRun, allowOlder, allowRevoked } = parsed.data;
  if (allowOlder === true && (reason ?? '').trim() === '')
    return {
      error: 'the start cannot be read: reason must say why an older image is wanted, because allowOlder is true',
    };
  if (allowRevoked === true && (reason ?? '').trim() === '')
    return {
      error: 'the start cannot be read: reason must say why a revoked image is wanted, because allowRevoked is true',
    };
  return {
    start: {
      how: 'manual',
      image: { id },
      region: region ?? null,
      family: family ?? null,
      environments: environments ?? [],
      reason: reason ?? '',
      dryRun: dryRun ?? false,
      allowOlder: allowOlder ?? false,
      allowRevoked: allowRevoked ?? false,
      drill: null,
    },
  };
};
