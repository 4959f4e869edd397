import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { stackTask } from './shapes.ts';

/** Proves that every InService instance of the stack runs the image; starts an instance refresh where the update replaced none. */
export const verifyInstances = contract({
  name: 'Verify Instances',
  completes: 'callback',
  input: stackTask,
  output: z.object({ instances: z.number() }),
  errors: {
    Throttled: 'retry',
    ServiceUnavailable: 'retry',
    RecordChanged: 'retry',
    AccessDenied: 'retry',
    RefreshFailed: 'final',
    NotReplaced: 'final',
    Fenced: 'final',
  },
});
