import { EncryptJWT, errors, jwtDecrypt, type JWTPayload } from 'jose';

/** Texts that only this product can read and write: what it hands to browsers for keeping. */
export interface Sealer {
  readonly seal: (purpose: string, claims: JWTPayload, seconds: number) => Promise<string>;
  /** Undefined where it is none of ours, was made for another purpose, or is too old. */
  readonly open: (purpose: string, text: string | undefined) => Promise<JWTPayload | undefined>;
}

/** Real time, also where the world beside it runs faster. */
type Now = () => Date;

/** Seals with a secret, from which the key is made; whoever has the same secret can open it. */
export const sealer = (secret: () => Promise<string>, now: Now): Sealer => {
  // Made when first asked for, and asked for again after a failure.
  let made: Promise<Uint8Array> | undefined;
  const make = async (): Promise<Uint8Array> =>
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(await secret())));
  const key = async (): Promise<Uint8Array> => {
    try {
      return await (made ??= make());
    } catch (error) {
      made = undefined;
      throw error;
    }
  };
  return {
    seal: async (purpose, claims, seconds) =>
      new EncryptJWT(claims)
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setAudience(purpose)
        .setExpirationTime(Math.floor(now().getTime() / 1000) + seconds)
        .encrypt(await key()),
    open: async (purpose, text) => {
      if (text === undefined) return undefined;
      try {
        const options = {
          audience: purpose,
          requiredClaims: ['exp'],
          currentDate: now(),
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        };
        return (await jwtDecrypt(text, await key(), options)).payload;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
};
