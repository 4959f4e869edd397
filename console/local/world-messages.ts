/** A request that the server hands to the thread of the world. */
export interface WorldRequest {
  readonly kind: 'request';
  readonly id: number;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ArrayBuffer | null;
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
  readonly stacks: number;
}

/** What the world is made with. */
export interface WorldSettings {
  readonly scenario: string;
  readonly stacks: number | null;
  /** Virtual seconds in a real one. */
  readonly speed: number;
  readonly issuer: string;
  /** What the sessions of browsers are sealed with. */
  readonly secret: string;
  /** The identity provider's public keys, as it publishes them. */
  readonly keys: { readonly keys: readonly object[] };
}
