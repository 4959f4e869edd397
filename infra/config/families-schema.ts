import * as z from 'zod';
import { tagTypes } from '../../domain/configuration/family.ts';
import { isOfType, typeWords } from '../../domain/gates/tag-type.ts';
import { kebabName } from './kebab-name.ts';
import { options } from './options.ts';

const isPattern = (text: string): boolean => {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
};

const tagRule = options({
  type: z
    .enum(tagTypes, { error: `must be one of ${tagTypes.join(', ')}` })
    .default('text')
    .describe(
      'What the value is: text; integer (42); boolean (true, false); date (2026-11-22, or with its time in ISO 8601); version (2026.11.3). Default: text.',
    ),
  required: z.boolean().default(true).describe('Whether an image without this tag is rejected. Default: true.'),
  values: z
    .array(z.string().min(1, 'must not be empty').max(256, 'a tag value has at most 256 characters'))
    .min(1, 'must name at least one value; leave the option out to accept any')
    .nullable()
    .default(null)
    .describe('The only values allowed, in their exact spelling. Default: any.'),
  pattern: z
    .string()
    .refine(isPattern, { error: 'is not a valid regular expression; check its brackets and backslashes' })
    .nullable()
    .default(null)
    .describe('A regular expression that the whole value must match. Default: any.'),
})
  .superRefine(({ values, type }, context) => {
    for (const [index, value] of (values ?? []).entries()) {
      if (isOfType(type, value)) continue;
      const message = `is not ${typeWords[type]}; no image could ever pass with it`;
      context.addIssue({ code: 'custom', path: ['values', index], message });
    }
  })
  .superRefine(({ values, pattern }, context) => {
    if (values === null || pattern === null || !isPattern(pattern)) return;
    for (const [index, value] of values.entries()) {
      if (new RegExp(`^(?:${pattern})$`).test(value)) continue;
      const message = `does not match the pattern ${pattern}; no image could ever pass with it`;
      context.addIssue({ code: 'custom', path: ['values', index], message });
    }
  })
  .describe('What one image tag must look like.');

const tagKey = z
  .string()
  .regex(/^(?!aws:).{1,128}$/i, 'a tag key has 1 to 128 characters and does not start with aws:');

const promotionMessage =
  'must be an SSM parameter name such as /ami-rollout/{family}/{environment}/image, not under /aws or /ssm; its only placeholders are {family} and {environment}';

const ownerMessage = "must be 'self' or an account id of 12 digits in quotes";

const family = options({
  owners: z
    .array(z.string(ownerMessage).regex(/^(?:self|\d{12})$/, ownerMessage))
    .min(1, 'must name at least one account whose images are accepted')
    .default(['self'])
    .describe("Accounts whose images are accepted; 'self' is the hub account. Default: self."),
  namePattern: z
    .string()
    .min(1, 'must not be empty; leave the option out to go by the family tag alone')
    .nullable()
    .default(null)
    .describe('Glob over the image name (* and ?), for images without a family tag. Default: the tag decides alone.'),
  tags: z
    .record(tagKey, tagRule)
    .prefault({ version: {}, environment: {}, build_id: {} })
    .describe('Rules for image tags, by tag key. Default: version, environment and build_id are required.'),
  promotionParameter: z
    .string()
    .regex(/^(?!\/(?:aws|ssm)\b)(?:\/(?:[\w.-]|\{family\}|\{environment\})+)+$/i, promotionMessage)
    .default('/ami-rollout/{family}/{environment}/image')
    .describe('Name of the SSM parameter that holds the promoted image id; {family} and {environment} are filled in.'),
}).describe('What one family of images must look like. Its stacks follow its images.');

/** Option `families`: by name. Two families must not share a name pattern or a promotion parameter. */
export const families = z
  .record(kebabName('family'), family)
  .superRefine((record, context) => {
    const entries = Object.entries(record);
    if (entries.length === 0) context.addIssue({ code: 'custom', message: 'must have at least one family' });
    for (const [index, [name, { namePattern, promotionParameter }]] of entries.entries()) {
      for (const [other, earlier] of entries.slice(0, index)) {
        const clash = (option: string, advice: string): void =>
          context.addIssue({
            code: 'custom',
            path: [name, option],
            message: `is the same as that of family ${other}; ${advice}`,
          });
        if (namePattern !== null && namePattern === earlier.namePattern) {
          clash('namePattern', 'an image must belong to one family');
        }
        if (promotionParameter === earlier.promotionParameter && !promotionParameter.includes('{family}')) {
          clash('promotionParameter', 'put {family} into both');
        }
      }
    }
  })
  .describe('Families of images, by name (the value of the tag ami-rollout:family on images and stacks).');
