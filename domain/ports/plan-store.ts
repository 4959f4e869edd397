/** Documents that are too large for a state's payload: inventory, plan, items, report. */
export interface PlanStore {
  readonly bucket: string;
  put(key: string, document: unknown): Promise<void>;
  putText(key: string, text: string, contentType: string): Promise<void>;
  /** Throws if there is no such document. */
  get(key: string): Promise<unknown>;
  getText(key: string): Promise<string>;
}
