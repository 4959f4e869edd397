import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { gateInput, verdict } from './shapes.ts';

/** Waits for the proof that Inspector has scanned the image, then judges its findings. No proof is no pass. */
export const inspectorScan = contract({
  name: 'Inspector Scan',
  completes: 'callback',
  input: gateInput,
  output: z.object({ verdict }),
  errors: { Throttled: 'retry', ServiceUnavailable: 'retry', RecordChanged: 'retry', AccessDenied: 'final' },
});
