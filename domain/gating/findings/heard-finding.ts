import * as z from 'zod/mini';
import type { Finding } from '../../ports/scans.ts';

/** An image that an event is about, with the finding that it tells; null where it tells of a scan. */
export interface Heard {
  readonly imageId: string;
  readonly finding: Finding | null;
  /** The instance of the image that it was found on; null where it was found in the image itself. */
  readonly instanceId: string | null;
}

const scanned = z.object({
  detail: z.object({ 'machine-image-id': z.optional(z.string()), resourceId: z.optional(z.string()) }),
});

const resource = z.object({
  type: z.string(),
  id: z.string(),
  details: z.optional(
    z.object({ awsEc2Instance: z.optional(z.object({ imageId: z.optional(z.nullable(z.string())) })) }),
  ),
});

const found = z.object({
  detail: z.object({
    severity: z.string(),
    title: z.optional(z.string()),
    fixAvailable: z.optional(z.string()),
    exploitAvailable: z.optional(z.string()),
    firstObservedAt: z.optional(z.string()),
    packageVulnerabilityDetails: z.optional(
      z.object({ vulnerabilityId: z.optional(z.string()), vendorCreatedAt: z.optional(z.string()) }),
    ),
    resources: z.array(resource),
  }),
});

const known: Readonly<Record<string, Finding['severity']>> = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MEDIUM: 'medium',
  LOW: 'low',
  INFORMATIONAL: 'informational',
};

/** Inspector's events write dates as `Jan 19, 2023, 10:46:15 PM`, in UTC; null for what is no date. */
const dateIn = (text: string | undefined): string | null => {
  const time = text === undefined ? Number.NaN : Date.parse(/[zZ]$|[+-]\d\d:?\d\d$/.test(text) ? text : `${text} UTC`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
};

const findingIn = ({ detail }: z.output<typeof found>): Finding => {
  const { title = '', severity, fixAvailable, exploitAvailable, packageVulnerabilityDetails: vulnerability } = detail;
  return {
    id: vulnerability?.vulnerabilityId ?? title.split(' ')[0] ?? title,
    severity: known[severity.toUpperCase()] ?? 'untriaged',
    title,
    fixAvailable: fixAvailable === 'YES' || fixAvailable === 'PARTIAL',
    observedAt: dateIn(detail.firstObservedAt),
    fixedSince: dateIn(vulnerability?.vendorCreatedAt),
    exploitKnown: exploitAvailable === undefined ? null : exploitAvailable === 'YES',
  };
};

/**
 * The images that one of Inspector's events is about: it has scanned one, or has found something in one or in an instance
 * of one. {@link https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html}
 */
export const heardIn = (event: { readonly 'detail-type': string }): readonly Heard[] => {
  if (event['detail-type'] === 'Inspector2 Finding') {
    const one = found.parse(event);
    const finding = findingIn(one);
    return one.detail.resources.flatMap(({ type, id, details }): readonly Heard[] => {
      if (type === 'MACHINE_IMAGE') return [{ imageId: id, finding, instanceId: null }];
      const imageId = details?.awsEc2Instance?.imageId;
      return type === 'AWS_EC2_INSTANCE' && typeof imageId === 'string' ? [{ imageId, finding, instanceId: id }] : [];
    });
  }
  const { detail } = scanned.parse(event);
  const imageId = detail['machine-image-id'] ?? detail.resourceId;
  return imageId === undefined ? [] : [{ imageId, finding: null, instanceId: null }];
};
