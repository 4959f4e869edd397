import { readFileSync, statSync } from 'node:fs';
import { InvalidTemplate } from '../../domain/template/invalid-template.ts';
import { parseTemplate } from '../../domain/template/parse.ts';
import type { Template } from '../../domain/template/template.ts';
import { UsageError } from '../usage-error.ts';
import { lineOfSubject } from './line-of-subject.ts';

/** What to do about a text that is not a template: its syntax, or its content. */
const mendOf = (message: string): string =>
  message.startsWith('The template cannot be read')
    ? 'Mend that line (indentation, quotes, brackets), or give another file.'
    : 'Give a CloudFormation template, YAML or JSON, with a Resources section whose entries have a Type.';

/**
 * Reads a template from a file; for `-` it is the text of standard input.
 *
 * @throws UsageError with file, line and what to do
 */
export const readTemplate = (file: string, standardInput = ''): Template => {
  if (file !== '-' && statSync(file, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new UsageError(`${file}: it is a folder, not a file`);
  const text = file === '-' ? standardInput : readFileSync(file, 'utf8');
  try {
    return parseTemplate(text);
  } catch (cause) {
    if (!(cause instanceof InvalidTemplate)) throw cause;
    const { message } = cause;
    const line = /at line (\d+)/.exec(message)?.[1] ?? lineOfSubject(text, message);
    const place = `${file === '-' ? 'standard input' : file}${line === null ? '' : `:${line}`}`;
    throw new UsageError(`${place}: ${message}\n${mendOf(message)}`, { cause });
  }
};
