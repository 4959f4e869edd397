import * as z from 'zod';
import { gateNames } from '../../domain/configuration.ts';
import type { GateName, Severity } from '../../domain/configuration.ts';
import { options } from './options.ts';
import { repeated } from './repeated.ts';
import { wholeNumber } from './whole-number.ts';

const limit = (severity: Severity, byDefault: number | null) =>
  wholeNumber(0, 100_000, 'findings')
    .nullable()
    .default(byDefault)
    .describe(`Most ${severity} findings accepted; null: any number. Default: ${byDefault ?? 'any number'}.`);

const policy = (category: string, maxAgeDays: number, maxHigh: number) =>
  options({
    maxAgeDays: wholeNumber(1, 3650, 'days')
      .default(maxAgeDays)
      .describe(`Oldest build accepted, in days since it was created in its source region. Default: ${maxAgeDays}.`),
    maxFindings: options({
      critical: limit('critical', 0),
      high: limit('high', maxHigh),
      medium: limit('medium', null),
      low: limit('low', null),
    })
      .prefault({})
      .describe('Most Inspector findings accepted, by severity.'),
  })
    .prefault({})
    .describe(`Policy for images of category ${category}.`);

const beforeRing = (gate: GateName) =>
  z.exactOptional(z.string()).describe(`Ring before which ${gate} runs. Default: before all rings.`);

const customGate = options({
  name: z
    .string()
    .regex(/^\S(?:.{0,58}\S)?$/, 'must have 1 to 60 characters')
    .refine((name) => !(gateNames as readonly string[]).includes(name), {
      error: 'is the name of a built-in gate; choose another',
    })
    .describe('Shown in verdicts and reports.'),
  functionArn: z
    .string()
    .regex(
      /^arn:aws[\w-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/,
      'must be the ARN of a Lambda function: arn:aws:lambda:REGION:ACCOUNT:function:NAME',
    )
    .describe('ARN of a Lambda function that answers {passed, reasons, evidence}.'),
  timeoutSeconds: wholeNumber(1, 600, 'seconds')
    .default(60)
    .describe('No answer within this many seconds is a failed verdict. Default: 60.'),
}).describe('A check of your own.');

/** Option `gates`: what an image must prove before stacks are touched. */
export const gates = options({
  policies: options({
    base: policy('base', 30, 0),
    application: policy('application', 14, 0),
    hotfix: policy('hotfix', 7, 5),
  })
    .prefault({})
    .describe('How strict the gates are, by image category.'),
  beforeRing: options({
    'Tag Check': beforeRing('Tag Check'),
    'Inspector Scan': beforeRing('Inspector Scan'),
    'Age Limit': beforeRing('Age Limit'),
    'Custom Gates': beforeRing('Custom Gates'),
  })
    .default({})
    .describe('Gates that run only before the named ring instead of before all of them.'),
  custom: z
    .array(customGate)
    .max(20, 'must have at most 20 gates')
    .superRefine((list, context) => {
      for (const { index, first } of repeated(list.map(({ name }) => name))) {
        const message = `is the name of custom[${first}] too; give each gate its own name`;
        context.addIssue({ code: 'custom', path: [index, 'name'], message });
      }
    })
    .default([])
    .describe('Checks of your own, run in parallel. Default: none.'),
  scanTimeoutHours: wholeNumber(1, 72, 'hours')
    .default(4)
    .describe('Longest wait for an Inspector scan, in hours; then the gate fails. Default: 4.'),
})
  .prefault({})
  .describe('What an image must prove before stacks are touched.');
