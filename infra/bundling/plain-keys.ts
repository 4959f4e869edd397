const constant = /^const (\w+) = ("(?:[^"\\]|\\.)*");$/gm;
const computedKey = /([{,]\s*)\[(\w+)\](\s*:)/g;

/**
 * The source of one of the SDK's schema modules with its computed keys written out: `{ [_xN]: _it }` becomes
 * `{ "xmlName": _it }`.
 *
 * The schemas of all operations of a service are in one module, which names its texts by constants. A bundler has to keep an
 * object with a computed key, since reading a key may run code; with plain keys it sees that nothing happens and leaves out
 * the schemas that no handler uses: of EC2's 550 KB, all but a few.
 */
export const withPlainKeys = (source: string): string => {
  const constants = new Map(Array.from(source.matchAll(constant), ([, name = '', text = '']) => [name, text]));
  return source.replace(computedKey, (whole, before: string, name: string, after: string) => {
    const text = constants.get(name);
    return text === undefined ? whole : `${before}${text}${after}`;
  });
};
