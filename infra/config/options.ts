import * as z from 'zod';
import { nearest } from '../../domain/gates/near-miss.ts';

/** A closed set of options: an unknown one is refused with the nearest known one, and all known ones if none is near. */
export const options = <S extends z.core.$ZodLooseShape>(shape: S) => {
  const known = Object.keys(shape);
  const advice = (key: string): string => {
    const meant = nearest(key, known);
    return meant === undefined ? `the options here are ${known.join(', ')}` : `did you mean '${meant}'?`;
  };
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `unknown option; ${issue.keys.map(advice).join(' ')}` : undefined,
  });
};
