import { text } from 'node:stream/consumers';

/**
 * All of standard input if `file` is `-`, else nothing. Read as a stream: a pipe whose writer is slower than we are has no
 * data yet, which a synchronous read takes for an error.
 */
export const standardInputFor = (file: string): Promise<string> =>
  file === '-' ? text(process.stdin) : Promise.resolve('');
