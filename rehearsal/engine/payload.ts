/** 256 KiB: the limit of every payload between states. */
export const MAX_PAYLOAD_BYTES = 262_144;

/** A value with the size that Step Functions would count for it. */
export interface Payload {
  readonly value: unknown;
  readonly bytes: number;
}

/** The size of a value as JSON text in UTF-8. */
export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value ?? null));

/** A copy of a value as it comes out of the wire: no dates, no `undefined`, nothing shared with the sender. */
export function overTheWire(value: unknown): Payload {
  const text = JSON.stringify(value ?? null);
  return { value: JSON.parse(text) as unknown, bytes: Buffer.byteLength(text) };
}
