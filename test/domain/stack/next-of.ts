import { RestoreDue } from '../../../domain/errors.ts';

/** What Record Stack asks the machine for: the restore, or nothing more. */
export const nextOf = (recording: Promise<unknown>): Promise<'restore' | 'end'> =>
  recording.then(
    () => 'end',
    (error: unknown) => {
      if (error instanceof RestoreDue) return 'restore';
      throw error;
    },
  );
