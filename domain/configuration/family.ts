/** What kind of value a tag holds, beside allowed values and a pattern. */
export const tagTypes = ['text', 'integer', 'boolean', 'date', 'version'] as const;

/** One of them. */
export type TagType = (typeof tagTypes)[number];

/** What one image tag must look like. */
export interface TagRule {
  readonly key: string;
  readonly required: boolean;
  readonly type: TagType;
  /** The only values allowed, in their canonical spelling; null: any. */
  readonly values: readonly string[] | null;
  /** A regular expression the whole value must match; null: any. */
  readonly pattern: string | null;
}

/** What an image replaces: stacks of the family follow images of the family. */
export interface Family {
  readonly name: string;
  /** Accounts whose images are accepted; `self` is the tooling account. */
  readonly owners: readonly string[];
  /** Glob over the image name, for images whose family tag is missing; null: the tag decides alone. */
  readonly namePattern: string | null;
  readonly tags: readonly TagRule[];
  /** Name of the SSM parameter that holds the promoted image id; `{family}` and `{environment}` are filled in. */
  readonly promotionParameter: string;
}
