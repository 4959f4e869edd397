import * as z from 'zod';

/** A closed object whose error for an unknown name lists the allowed ones. */
export const closed = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `unknown ${issue.keys.join(', ')}; allowed: ${Object.keys(shape).join(', ')}`
        : undefined,
  });

/** An account id. */
export const accountId = z.string().regex(/^\d{12}$/, 'twelve digits');

/** A region's name. */
export const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as eu-west-1');

/** An image id. */
export const imageId = z.string().regex(/^ami-[0-9a-f]{8,17}$/, 'an image id such as ami-0123456789abcdef0');

/** A stack's name. */
export const stackName = z.string().regex(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/, 'a stack name: letters, digits and hyphens');

/** An account id; YAML may read it as a number. */
export const account = z.union([z.string(), z.number()]).transform(String).pipe(accountId);

/** Tags. YAML reads `2026.11` as a number and `true` as a boolean; a tag is text. `null` removes the tag. */
export const tags = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String).nullable());

/** Minutes of something that takes time. */
export const minutes = z.number().positive();

/** How many; none is a number, too. */
export const count = z.int().nonnegative();
