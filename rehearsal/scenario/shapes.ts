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
