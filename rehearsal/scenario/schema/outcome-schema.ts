import * as z from 'zod';

/** How a campaign may end. */
export const outcome = z.enum([
  'PROMOTED',
  'UNCHANGED',
  'PLANNED',
  'DUPLICATE',
  'SUPERSEDED',
  'REJECTED',
  'RESTORED',
  'RESTORE_INCOMPLETE',
]);
