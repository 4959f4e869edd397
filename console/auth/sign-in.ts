import { createMiddleware } from 'hono/factory';
import type { Configuration } from '../../domain/configuration.ts';
import type { Permission } from '../../domain/configuration/access.ts';
import { identityOf, isAllowed } from '../../domain/access/caller.ts';
import type { ConsoleEnv } from '../env.ts';
import { problem } from '../problem.ts';
import { NotSignedIn, type Identify } from './identify.ts';

/** Lets nothing pass, of any method and any path, before somebody has proved who they are. */
export const signedIn = (identify: Identify) =>
  createMiddleware<ConsoleEnv>(async (c, next) => {
    try {
      c.set('caller', await identify(c));
    } catch (error) {
      if (!(error instanceof NotSignedIn)) throw error;
      c.header('www-authenticate', 'Bearer');
      return problem(c, 401, error.message);
    }
    return next();
  });

/** Lets those pass to whom the configuration gives the permission. */
export const permitted = (permission: Permission, configuration: () => Configuration) =>
  createMiddleware<ConsoleEnv>(async (c, next) => {
    const caller = c.get('caller');
    if (isAllowed(caller, permission, configuration())) return next();
    return problem(
      c,
      403,
      `${identityOf(caller)} may not ${permission}: the configuration gives it under console.access.${permission}`,
    );
  });
