import * as z from 'zod';
import { copy, key } from './copies-schema.ts';
import { findings, scanStatus, vulnerability } from './findings-schema.ts';
import { account, closed, imageId, region, tags } from './shapes.ts';

const attributes = closed({
  architecture: z.enum(['x86_64', 'arm64']).default('x86_64'),
  virtualization: z.enum(['hvm', 'paravirtual']).default('hvm'),
  bootMode: z.enum(['legacy-bios', 'uefi', 'uefi-preferred']).nullable().default(null),
  rootDevice: z.enum(['ebs', 'instance-store']).default('ebs'),
  encrypted: z.boolean().default(false),
});

/** The image that is rolled out, and the one that the fleet runs. */
export const image = closed({
  family: z.string().default('al2023-base'),
  category: z.enum(['base', 'application', 'hotfix']).default('base'),
  /** Less than 0: its creation date is in the future. */
  ageDays: z.number().min(-30).default(1),
  tags: tags.default({}),
  findings: findings.prefault({}),
  vulnerabilities: z.array(vulnerability).default([]),
  /** Whether the previous image is on record as the family's promoted one. */
  previousPromoted: z.boolean().default(false),
  /** What gates of an earlier campaign have recorded of the new image, by tag. */
  recorded: z.partialRecord(z.enum(['security_scan_status', 'test_results']), z.enum(['passed', 'failed'])).default({}),
  /** Why the new image was revoked by an earlier rollback; null: it was not. */
  revoked: z.string().min(1).nullable().default(null),
  /** `unreadable`: the image is itself a copy, of one that is gone or belongs to somebody else. */
  original: z.enum(['none', 'unreadable']).default('none'),
  /** `deregistered`: the image that the fleet runs is gone. */
  previousState: z.enum(['available', 'deregistered']).default('available'),
  /** How long ago the image that the fleet runs was created. Default: 30 days before the new one. */
  previousAgeDays: z.number().nonnegative().optional(),
  /** Default: the hub's account. */
  owner: account.optional(),
  deprecatesInDays: z.number().optional(),
  attributes: attributes.prefault({}),
  key: key.prefault({}),
  /** The same of the image that the fleet runs, and its key. */
  previousAttributes: attributes.prefault({}),
  previousKey: key.prefault({}),
  /** Copies that differ, by region. */
  copies: z.record(region, copy).default({}),
  scanMinutes: z.number().nonnegative().default(25),
  scanStatus: scanStatus.default('SUCCESSFUL'),
  /** The id of the image that the fleet runs, by region; made up where none is given. */
  previous: z.record(region, imageId).default({}),
});
