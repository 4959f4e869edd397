/** The account that runs the engine, owns the images and is the caller when nobody assumed a role. */
export const HUB_ACCOUNT = '100000000000';

/** The nth fleet account, counted from 1: 100000000001 … */
export const fleetAccount = (nth: number): string => String(Number(HUB_ACCOUNT) + nth);

/** The accounts of a fleet: so many generated ones, or these. */
export const fleetAccounts = (accounts: number | readonly string[]): readonly string[] =>
  typeof accounts === 'number' ? Array.from({ length: accounts }, (_, index) => fleetAccount(index + 1)) : accounts;

/** The access key id that a simulated AssumeRole hands out; it carries the account. */
export const sessionKeyId = (account: string, nth: number): string => `ASIA${account}${nth.toString(36).toUpperCase()}`;

/**
 * The account behind an access key id; keys that no simulated AssumeRole made belong to the hub. Real keys mix letters
 * and digits, so twelve digits here are an account.
 */
export const accountOfKey = (accessKeyId: string): string => /^ASIA(\d{12})/.exec(accessKeyId)?.[1] ?? HUB_ACCOUNT;
