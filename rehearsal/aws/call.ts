/** One request as a service sees it. */
export interface Call {
  /** Epoch milliseconds, virtual. */
  readonly at: number;
  /** The account and region the request acts on. */
  readonly account: string;
  readonly region: string;
  /** IAM prefix: `cloudformation`, `ec2`, `states`, … */
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
  /** The role the caller assumed; `undefined` for the hub's own credentials. */
  readonly roleArn: string | undefined;
  /** 1 for the first request, 2 for its first retry, … */
  readonly attempt: number;
}

/** What the log keeps of a request. */
export interface CallRecord {
  /** When the answer was there, and when the request was sent. */
  readonly at: number;
  readonly sentAt: number;
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly operation: string;
  /** What it was about, where the input says so: a stack, a group, a parameter, an image. */
  readonly subject: string | undefined;
  readonly attempt: number;
  /** `ok`, or the error's name. */
  readonly outcome: string;
}

/** The answer of an operation without the SDK's metadata, which the interceptor adds. */
export type Reply<Output> = Omit<Output, '$metadata'>;

/** One operation of a simulated service; typed by its command's input and output where it is written. */
export type Operation = (input: never, call: Call) => object | Promise<object>;

/** The operations of a simulated service by name. */
export type Operations = Readonly<Record<string, Operation>>;
