import { SimulatedError } from './simulated-error.ts';

const prefix = 'page-';

/** One page of a list. Tokens are opaque to callers and say where the next page starts. */
export const page = <T>(
  all: readonly T[],
  token: string | undefined,
  size: number,
): { items: readonly T[]; next: string | undefined } => {
  const start = token === undefined ? 0 : Number(token.startsWith(prefix) ? token.slice(prefix.length) : Number.NaN);
  if (!Number.isInteger(start) || start < 0) throw new SimulatedError('ValidationError', 'Invalid pagination token');
  const end = start + size;
  const items = start === 0 && all.length <= size ? all : all.slice(start, end);
  return { items, next: end < all.length ? `${prefix}${end}` : undefined };
};
