/** A request that the server hands to the thread of the world. */
export interface WorldRequest {
  readonly kind: 'request';
  readonly id: number;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ArrayBuffer | null;
}

/** The world is to end; it is kept first. */
export interface WorldClose {
  readonly kind: 'close';
}

/** It is kept. */
export interface WorldClosed {
  readonly kind: 'closed';
}

/** What the thread answers. A body may be a stream; it is handed over and read as it comes. */
export interface WorldResponse {
  readonly kind: 'response';
  readonly id: number;
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ReadableStream<Uint8Array> | null;
}

/** The world stands: requests are answered from now on. */
export interface WorldReady {
  readonly kind: 'ready';
  /** The new image, by region. */
  readonly images: Readonly<Record<string, string>>;
  /** A build that came after it, where the scenario has one, by region. */
  readonly later: Readonly<Record<string, string>>;
  readonly stacks: number;
  /** The file that the world is kept in; null: it is forgotten. */
  readonly file: string | null;
  /** Whether it has been there before. */
  readonly goesOn: boolean;
}

/** What the world is made with. */
export interface WorldSettings {
  readonly scenario: string;
  readonly stacks: number | null;
  /** Virtual seconds in a real one. */
  readonly speed: number;
  /** The folder in which worlds are kept from one start to the next; null: nowhere. */
  readonly data: string | null;
  /** Forgets what is kept there of this world. */
  readonly fresh: boolean;
  readonly issuer: string;
  /** What the sessions of browsers are sealed with. */
  readonly secret: string;
  /** The identity provider's public keys, as it publishes them. */
  readonly keys: { readonly keys: readonly object[] };
}
