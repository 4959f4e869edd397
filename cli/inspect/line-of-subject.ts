/**
 * The line of the section, resource or parameter that a message speaks of; 1 where it speaks of the whole text. Null
 * where it cannot be found.
 */
export const lineOfSubject = (text: string, message: string): number | null => {
  const name = /^(?:Resource|Parameter) (\S+) /.exec(message)?.[1] ?? /: (\w+) must be a mapping/.exec(message)?.[1];
  if (name === undefined) return 1;
  const key = new RegExp(`^\\s*["']?${name.replaceAll(/[^\w]/g, String.raw`\$&`)}["']?\\s*:`);
  const index = text.split('\n').findIndex((line) => key.test(line));
  return index < 0 ? null : index + 1;
};
