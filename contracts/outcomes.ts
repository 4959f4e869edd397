/** How a campaign can end. Each path writes one of them to the table before the execution ends. */
export const outcomes = [
  'PROMOTED',
  'UNCHANGED',
  'PLANNED',
  'DUPLICATE',
  'SUPERSEDED',
  'REJECTED',
  'RESTORED',
  'RESTORE_INCOMPLETE',
] as const;
