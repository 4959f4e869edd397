import type { AslState } from '../../../domain/machine/asl.ts';

/** What a state is, for a reader. */
export interface Kind {
  /** How its box looks. */
  readonly shape: 'task' | 'waits' | 'end';
  /** Empty where the name says it all. */
  readonly note: string;
  readonly word: string;
  readonly isEnd: boolean;
}

const minutes = (seconds: number): string => (seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`);

/** Says what a state of the definition is. */
export const adorn = (state: AslState | undefined): Kind => {
  const { Type = 'Task', Seconds, Resource } = state ?? {};
  switch (Type) {
    case 'Choice':
      return { shape: 'task', note: '', word: 'decides', isEnd: false };
    case 'Pass':
      return { shape: 'task', note: '', word: 'notes why', isEnd: false };
    case 'Wait':
      return {
        shape: 'waits',
        note: Seconds === undefined ? '' : minutes(Seconds),
        word: `waits${Seconds === undefined ? '' : ` ${minutes(Seconds)}`}`,
        isEnd: false,
      };
    case 'Map':
      return { shape: 'task', note: '', word: 'for each stack', isEnd: false };
    case 'Succeed':
      return { shape: 'end', note: '', word: 'ends well', isEnd: true };
    case 'Fail':
      return { shape: 'end', note: '', word: 'ends as failed', isEnd: true };
    default:
      return Resource?.endsWith('.waitForTaskToken') === true
        ? { shape: 'waits', note: '', word: 'waits for an event or a person', isEnd: false }
        : { shape: 'task', note: '', word: 'task', isEnd: false };
  }
};
