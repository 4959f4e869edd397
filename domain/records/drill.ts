/** What came of a drill. */
export interface DrillResult {
  /** The stack was moved and proven on the new image, and then proven to be as it was. */
  readonly succeeded: boolean;
  /** From the end of forward writes until the stack was back; null where it did not come back. */
  readonly minutesToRestore: number | null;
}

/** A campaign that is a drill: it moves this one stack, proves it, and puts it back by design. */
export interface Drill {
  readonly stackId: string;
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  /** ISO 8601; when the stack was proven on the image and the ring failed on purpose; null: it was not. */
  readonly provenAt: string | null;
  /** Null while the campaign runs. */
  readonly result: DrillResult | null;
}
