/** One SSM parameter in one campaign; the stacks that read it share its previous value. */
export interface ParameterRecord {
  readonly schemaVersion: number;
  readonly campaignId: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly previous: { readonly value: string; readonly version: number };
  readonly image: string;
  /** The stack whose Apply writes it, since when (ISO 8601), and the version it gave: once in each direction. */
  readonly forwardBy: string | null;
  readonly forwardAt: string | null;
  readonly forwardVersion: number | null;
  readonly restoreBy: string | null;
  readonly restoreAt: string | null;
  readonly restoreVersion: number | null;
}
