/** What a custom gate is asked: the payload of its Lambda function, the input of its state machine. */
export interface GateQuestion {
  readonly campaignId: string;
  /** The gate's name, as the configuration says it. */
  readonly gate: string;
  readonly image: { readonly id: string; readonly region: string };
  readonly category: 'base' | 'application' | 'hotfix';
  /** When an answer is too late, ISO 8601. */
  readonly deadline: string;
  /** For an answer that comes later: invoke the function with `{ callbackId: id, ...answer }`. The id is good once. */
  readonly callback: { readonly id: string; readonly functionArn: string };
}

/** What a custom gate says of an image. */
export interface GateAnswer {
  readonly passed: boolean;
  /** Shown to people if it has not passed: what is wrong and what to do. Ten at most, 300 characters each. */
  readonly reasons: readonly string[];
  /** Kept with the verdict, up to 4,000 characters of JSON. */
  readonly evidence?: Readonly<Record<string, unknown>>;
}

/** What a gate returns that answers later. */
export interface GatePending {
  readonly pending: true;
}
