/** What somebody may ask the API, the pages and the command line for. */
export const permissions = ['read', 'start', 'approve', 'halt', 'drill'] as const;

/** One of them. */
export type Permission = (typeof permissions)[number];

/** Whom a permission is given to. Each of the lists alone is enough. */
export interface Grant {
  /** Ids of `people`; `*` stands for all of them. */
  readonly people: readonly string[];
  /** Groups of the identity provider. */
  readonly groups: readonly string[];
  /** IAM principal ARNs; `*` stands for any text (role sessions). */
  readonly principals: readonly string[];
}
