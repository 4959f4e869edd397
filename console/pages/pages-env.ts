import type { Context, Hono } from 'hono';
import type { NamedMachine } from '../../domain/machine/asl.ts';
import type { Session, Sessions } from '../auth/session.ts';
import type { ConsoleEnv } from '../env.ts';
import type { ConsolePorts } from '../ports.ts';
import type { Ask } from './ask.ts';
import type { Extras } from './extras.ts';

/** What the pages' middleware finds out: whose session it is. */
export interface PagesEnv extends ConsoleEnv {
  Variables: ConsoleEnv['Variables'] & { session: Session };
}

export type PageContext = Context<PagesEnv>;
export type PageRoutes = Hono<PagesEnv>;

/** What the pages are made of. */
export interface PagesOptions {
  readonly ports: ConsolePorts;
  readonly ask: Ask;
  readonly sessions: Sessions;
  /** The machines as they are deployed: what the pages draw. */
  readonly machines: () => readonly NamedMachine[];
  /** What the local server adds. */
  readonly extras: Extras | null;
  readonly onError: (error: Error, path: string) => void;
}
