import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { stackTask } from './shapes.ts';

/** Gives the stack its image by one CloudFormation update; the stack's own event completes the task. */
export const applyImage = contract({
  name: 'Apply Image',
  completes: 'callback',
  input: stackTask,
  output: z.object({
    /** False: CloudFormation had nothing to update. */
    changed: z.boolean(),
  }),
  errors: {
    Throttled: 'retry',
    ServiceUnavailable: 'retry',
    RecordChanged: 'retry',
    AccessDenied: 'retry',
    /** SSM still validates the written image: the next try looks again. */
    ParameterNotValidated: 'retry',
    /** CloudFormation still makes the change set of the preview: the next try looks again. */
    PreviewNotReady: 'retry',
    PreviewRefused: 'final',
    /** Leads back to the claim, which waits for the other operation's end. */
    StackBusy: 'final',
    UpdateFailed: 'final',
    RollbackFailed: 'final',
    ForeignChange: 'final',
    Fenced: 'final',
  },
});
