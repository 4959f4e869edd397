import * as z from 'zod/mini';
import { ServiceUnavailable } from '../../domain/errors.ts';
import { call } from './errors.ts';

/** Fields of answers: AWS leaves out what it does not know, and says nothing else in its place. */
export const text = z.optional(z.string());
export const flag = z.optional(z.boolean());
export const moment = z.optional(z.date());

/** Names the first fields that are not as they should be. */
const trouble = ({ issues }: z.core.$ZodError): string =>
  issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.map(String).join('.') || 'the answer'}: ${message}`)
    .join('; ');

/**
 * Makes one call whose answer a gate judges by, and looks whether it is one: a list that is missing is not an empty one.
 * An answer that is none is trouble of the service, like no answer.
 */
export const ask = async <Answer>(what: string, shape: z.ZodMiniType, send: () => Promise<Answer>): Promise<Answer> => {
  const answer = await call(what, send);
  const { error } = shape.safeParse(answer);
  if (error)
    throw new ServiceUnavailable(`${what} was answered with something else (${trouble(error)}). Try again later`);
  return answer;
};
