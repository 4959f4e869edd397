const isPlain = (value: object): boolean => Object.getPrototypeOf(value) === Object.prototype;

/**
 * The value with every date in it moved: what an account with a wrong clock says, and how it understands what it is told.
 * Where nothing moves it is the value itself.
 */
export const shiftDates = <T>(value: T, milliseconds: number): T =>
  milliseconds === 0 ? value : (shifted(value, milliseconds) as T);

const shifted = (value: unknown, milliseconds: number): unknown => {
  if (value instanceof Date) return new Date(value.getTime() + milliseconds);
  if (Array.isArray(value)) return value.map((one: unknown) => shifted(one, milliseconds));
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shifted(one, milliseconds)]));
};
