import type { Ref } from './references.ts';

/** The reference to one entry of a record whose keys are known at synth, such as the ring names of the configuration. */
export const entry = <T>(record: Ref<Readonly<Record<string, T>>>, key: string): Ref<T> =>
  (record as unknown as Readonly<Record<string, Ref<T>>>)[key] as Ref<T>;
