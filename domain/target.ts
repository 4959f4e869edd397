/** One account in one region. */
export interface Target {
  readonly account: string;
  readonly region: string;
}

/** `account/region`, the form in which keys, logs and reports name a target. */
export const targetName = ({ account, region }: Target): string => `${account}/${region}`;
