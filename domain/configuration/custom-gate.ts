/** A check of the user's own. */
export interface CustomGate {
  readonly name: string;
  /** What is asked: a Lambda function or a state machine, by its ARN, or an instance of the image. */
  readonly asks: { readonly kind: 'function' | 'stateMachine'; readonly arn: string } | BootCheck;
  /** No answer after this many seconds is a failed one. */
  readonly timeoutSeconds: number;
}

/** Boots the image and runs an SSM document on it. */
export interface BootCheck {
  readonly kind: 'boot';
  /** The document of type Command, by name or ARN. */
  readonly document: string;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  /** Null: the type for the image's architecture. */
  readonly instanceType: string | null;
  /** SSM has to manage the instance within this time. */
  readonly bootMinutes: number;
  /** Name of the runbook that waits for the instance and runs the document; the hub stack makes it. */
  readonly runbook: string;
}
