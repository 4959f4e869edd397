import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Large enough to pack well, small enough to stay out of the way. */
const charactersOfChunk = 128 * 1024;

/**
 * Bytes that are written once and seldom read, kept packed as they come: what ten thousand stacks leave behind is alike and
 * takes a tenth of its length.
 */
export class PackedBytes {
  readonly #chunks: Uint8Array[] = [];
  #open: string[] = [];
  #openCharacters = 0;
  #length = 0;

  /** How many bytes it is, unpacked. */
  get length(): number {
    this.#close();
    return this.#length;
  }

  /** Adds text, in UTF-8. */
  addText(text: string): this {
    this.#open.push(text);
    this.#openCharacters += text.length;
    if (this.#openCharacters > charactersOfChunk) this.#close();
    return this;
  }

  add(bytes: Uint8Array): this {
    this.#close();
    this.#length += bytes.length;
    // The buffer that zlib gives is larger than what is in it.
    this.#chunks.push(Uint8Array.from(deflateRawSync(bytes, { level: 1 })));
    return this;
  }

  /** All of it. */
  unpacked(): Uint8Array {
    this.#close();
    return new Uint8Array(Buffer.concat(this.#chunks.map((chunk) => inflateRawSync(chunk))));
  }

  #close(): void {
    if (this.#openCharacters === 0) return;
    const text = this.#open.join('');
    this.#open = [];
    this.#openCharacters = 0;
    this.add(Buffer.from(text));
  }
}
