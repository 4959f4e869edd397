import { hash } from 'node:crypto';

/** Lower-case hexadecimal SHA-256 of the text. */
export const sha256 = (text: string): string => hash('sha256', text);

/**
 * JSON with sorted keys, so that equal values have equal text and hash. Like `JSON.stringify`, fields that are undefined are
 * left out and such elements are null.
 */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return value === undefined ? 'null' : JSON.stringify(value);
  const fields = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of Object.keys(fields).sort()) {
    if (fields[key] === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(fields[key])}`;
  }
  return `{${text}}`;
};
