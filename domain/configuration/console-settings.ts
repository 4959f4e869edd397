import type { Grant, Permission } from './access.ts';

/** The API and the pages. */
export interface ConsoleSettings {
  /** Where they are reached; null: not told yet. */
  readonly url: string | null;
  /** The identity provider whose tokens people bring; null: only signed IAM requests are answered. */
  readonly oidc: {
    readonly issuer: string;
    /** Audiences, of which a token must name one. */
    readonly audiences: readonly string[];
    /** The claim that lists the person's groups. */
    readonly groupsClaim: string;
    /** How the pages are known to the provider; null: there are no pages. */
    readonly clientId: string | null;
  } | null;
  readonly access: Readonly<Record<Permission, Grant>>;
}
