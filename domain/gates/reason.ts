/**
 * Why a gate can refuse an image, as programs tell it apart; the text beside it is for people. Each has a scenario that
 * shows it, which a test counts.
 */
export const reasonCodes = [
  // Resolve Images
  'image-copy-missing',
  'image-copy-pending',
  'image-not-shared',
  'image-key-unusable',
  // what every gate finds where it begins
  'image-gone',
  'family-gone',
  // Resolve Images and Tag Check
  'image-state',
  'image-owner',
  'image-deprecated',
  // Tag Check
  'image-attribute',
  'image-boot-mode',
  'image-encryption',
  'image-revoked',
  'tag-missing',
  'tag-key',
  'tag-value',
  'tag-conflict',
  'tag-repeated',
  'tag-limit',
  'family-unknown',
  // Age Limit
  'image-date',
  'image-too-old',
  'image-older',
  'promoted-unreadable',
  'original-unreadable',
  'image-deprecation-near',
  // Inspector Scan, and each recheck
  'scan-unproved',
  'waiver-expired',
  'findings-over-limit',
  'finding-with-fix',
  'finding-without-fix',
  'fix-overdue',
  'exploit-known',
  // Recheck Gates
  'alarm-red',
  'alarm-silent',
  // Custom Gates
  'gate-refused',
  'gate-silent',
  'gate-malformed',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** One reason against an image: what it is, and the sentence with its mend. */
export interface Reason {
  readonly code: ReasonCode;
  readonly text: string;
}

export const reason = (code: ReasonCode, text: string): Reason => ({ code, text });

/** The sentences alone. */
export const textsOf = (reasons: readonly Reason[]): readonly string[] => reasons.map(({ text }) => text);
