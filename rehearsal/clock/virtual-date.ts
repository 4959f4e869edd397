/**
 * A `Date` whose present is `now()`. Its instances are real dates: they share the prototype, so `instanceof` holds both ways
 * and nothing is slower than before.
 */
export const virtualDate = (now: () => number): DateConstructor => {
  const RealDate = Date;
  const VirtualDate = function (this: unknown, ...parts: unknown[]): Date | string {
    // Called without `new`, it gives the present as text.
    if ((new.target as unknown) === undefined) return new RealDate(now()).toString();
    // Its parameters are overloaded; all it is given is passed on.
    return parts.length === 0 ? new RealDate(now()) : (Reflect.construct(RealDate, parts) as Date);
  };
  return Object.assign(VirtualDate, {
    prototype: RealDate.prototype,
    now,

    parse: RealDate.parse,

    UTC: RealDate.UTC,
  }) as unknown as DateConstructor;
};
