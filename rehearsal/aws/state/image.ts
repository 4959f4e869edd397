/** One AMI in one region. */
export interface SimImage {
  readonly id: string;
  readonly region: string;
  readonly owner: string;
  readonly name: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly tags: Map<string, string>;
  readonly source: { readonly id: string; readonly region: string } | undefined;
  /** Accounts with launch permission; `'all'` is a public image. */
  readonly sharedWith: ReadonlySet<string> | 'all';
  /** A deregistered image is gone: no call shows it and nothing launches from it. */
  state: 'available' | 'pending' | 'failed' | 'disabled' | 'deregistered';
  readonly attributes: ImageAttributes;
  deregistrationProtection: boolean;
  scan: ImageScan;
  findings: ImageFinding[];
}

/** What an image is made as; only its deprecation changes afterwards. */
export interface ImageAttributes {
  readonly architecture: 'x86_64' | 'arm64';
  readonly virtualization: 'hvm' | 'paravirtual';
  readonly bootMode: 'legacy-bios' | 'uefi' | 'uefi-preferred' | null;
  readonly rootDevice: 'ebs' | 'instance-store';
  readonly encrypted: boolean;
  /** Of an encrypted image: the key of its snapshots. */
  readonly key: ImageKey;
  /** Epoch milliseconds. */
  deprecatedAt: number | null;
}

/** The KMS key that an image is encrypted under. It is its owner's. */
export interface ImageKey {
  readonly state: 'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingImport' | 'Unavailable' | 'missing';
  /** `aws`: the account's own `aws/ebs`, which no other account can use. */
  readonly manager: 'customer' | 'aws';
  /** Accounts that the key's policy names; null: all that the image is shared with. */
  readonly usableBy: ReadonlySet<string> | null;
}

/** Where the image's Inspector scan stands. `coverage` is what ListCoverage says; `undefined` lists nothing. */
export interface ImageScan {
  readonly coverage: { readonly statusCode: 'ACTIVE' | 'INACTIVE'; readonly reason: string } | undefined;
  /** Epoch milliseconds of the last finished scan. */
  readonly scannedAt: number | undefined;
}

export const severities = ['critical', 'high', 'medium', 'low', 'informational', 'untriaged'] as const;
export type FindingSeverity = (typeof severities)[number];

/** One vulnerability found in an image. */
export interface ImageFinding {
  readonly id: string;
  readonly severity: FindingSeverity;
  readonly title: string;
  readonly packageName: string;
  readonly score: number;
  readonly fixAvailable: boolean;
  /** Epoch milliseconds of the vendor's advisory; undefined: none is known. */
  readonly advisedAt?: number | undefined;
  readonly exploitKnown?: boolean | undefined;
  /** Epoch milliseconds. */
  readonly firstObservedAt: number;
}
