const registered = /(export var (\w+)\$ = \[-3, n0, _\w+,([^;]*)\];\n)n0_registry\.registerError\(\2\$, \2\);\n/g;
/** No member but the message, under one of its two names. */
const messageAlone = /,\s*\[(?:_M|_m)?\],\s*\[0?\](?:,\s*\d+)?\s*$/;
const nameOnTheWire = /\[_aQE\]: \[`([^`]+)`/;

/**
 * The source of one of the SDK's schema modules in which errors that say nothing but their message are not registered.
 *
 * A module registers each error of its service, of SSM 140, and so a bundler keeps class and schema of all of them. The SDK
 * makes an error that it does not know of the service's base class, with the name and message of the answer: the very same
 * as far as a handler can see. Errors with members of their own, or another name on the wire, stay.
 *
 * @param source - As it was published: before `withPlainKeys`.
 */
export const withoutPlainErrors = (source: string): string =>
  source.replace(registered, (whole, definition: string, name: string, rest: string) => {
    const said = nameOnTheWire.exec(rest)?.[1] ?? name;
    return said === name && messageAlone.test(rest) ? definition : whole;
  });
