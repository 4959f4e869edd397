/**
 * Makes the time of this process run faster: Date and timers, for everything that asks for them by their global names.
 * Node's own network code does not, so that connections live in real time.
 *
 * @param factor - virtual milliseconds for each real one
 * @returns what puts real time back
 */
export const scaleTime = (factor: number): (() => void) => {
  const real = { Date: globalThis.Date, setTimeout: globalThis.setTimeout, setInterval: globalThis.setInterval };
  const start = real.Date.now();
  const now = (): number => Math.round(start + (real.Date.now() - start) * factor);
  globalThis.Date = new Proxy(real.Date, {
    construct: (target, values: unknown[]): object =>
      Reflect.construct(target, values.length === 0 ? [now()] : values) as object,
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
  });
  globalThis.setTimeout = Object.assign(
    (work: () => void, ms = 0, ...rest: []) => real.setTimeout(work, ms / factor, ...rest),
    { __promisify__: real.setTimeout.__promisify__ },
  ) as typeof globalThis.setTimeout;
  globalThis.setInterval = (work: () => void, ms = 0, ...rest: []) => real.setInterval(work, ms / factor, ...rest);
  return () => Object.assign(globalThis, real);
};
