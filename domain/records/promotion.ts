/** One promotion of an image in one target, newest last. */
export interface Promotion {
  readonly schemaVersion: number;
  readonly campaignId: string;
  readonly family: string;
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly parameter: string;
  readonly image: string;
  readonly previousImage: string | null;
  /** The promotion that the parameter's image came by, where one is on record; it counts again when this one is taken back. */
  readonly before?: { readonly campaignId: string; readonly previousImage: string | null; readonly at: string } | null;
  readonly at: string;
  /** superseded: somebody else had written the parameter when the promotion was to be taken back; it was left alone. */
  readonly state: 'intended' | 'promoted' | 'restored' | 'superseded';
}
