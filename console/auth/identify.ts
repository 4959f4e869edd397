import type { Context } from 'hono';
import type { Caller } from '../../domain/access/caller.ts';
import type { ConsoleEnv } from '../env.ts';

/** Nobody we know has signed this request; the message says what is missing or wrong. */
export class NotSignedIn extends Error {
  override readonly name = 'NotSignedIn';
}

/** Finds out who asks, or throws NotSignedIn. */
export type Identify = (c: Context<ConsoleEnv>) => Promise<Caller>;
