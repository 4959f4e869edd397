/** The account that runs the engine, owns the images and is the caller when nobody assumed a role. */
export const HUB_ACCOUNT = '100000000000';

/** The nth fleet account, counted from 1: 100000000001 … */
export const fleetAccount = (nth: number): string => String(Number(HUB_ACCOUNT) + nth);

/** The access key id that a simulated AssumeRole hands out; it carries the account. */
export const sessionKeyId = (account: string, nth: number): string => `ASIA${account}${nth.toString(36).toUpperCase()}`;

/** The account behind an access key id; keys that no simulated AssumeRole made belong to the hub. */
export const accountOfKey = (accessKeyId: string): string => /^ASIA(1\d{11})/.exec(accessKeyId)?.[1] ?? HUB_ACCOUNT;
