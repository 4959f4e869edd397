import { campaignHandlers } from './handlers/campaign-handlers.ts';
import { gateHandlers } from './handlers/gate-handlers.ts';
import type { Handler } from './handlers/handler.ts';
import { outsideHandlers } from './handlers/outside-handlers.ts';
import { restoreHandlers } from './handlers/restore-handlers.ts';
import { stackHandlers } from './handlers/stack-handlers.ts';

/**
 * Every handler by its file name, with what it uses. A test walks the handlers' code and holds this list to it: a call
 * that is missing here would be refused by AWS, a call too many would be a right that nobody needs.
 */
export const handlers = {
  ...campaignHandlers,
  ...gateHandlers,
  ...outsideHandlers,
  ...restoreHandlers,
  ...stackHandlers,
} as const satisfies Readonly<Record<string, Handler>>;

/** The name of a handler: of its file under handlers/, and of its bundle. */
export type HandlerName = keyof typeof handlers;

/** A handler's entry, as wide as all of them: literal types end here. */
export const handler = (name: HandlerName): Handler => handlers[name];

export const handlerNames = Object.keys(handlers) as HandlerName[];
