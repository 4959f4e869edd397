import { describe, expect, it } from '@jest/globals';
import { accountOfKey, fleetAccounts, HUB_ACCOUNT, sessionKeyId } from '../../../rehearsal/aws/accounts.ts';

describe('the accounts of the simulated AWS', () => {
  it.each(['100000000001', '000000000000', '012345678901', '999988887777', HUB_ACCOUNT])(
    'are found again in the keys of their sessions: %s',
    (account) => {
      expect(accountOfKey(sessionKeyId(account, 1))).toBe(account);
      expect(accountOfKey(sessionKeyId(account, 123_456))).toBe(account);
    },
  );

  it('are the hub for keys that no simulated role has given', () => {
    expect(accountOfKey('ASIAQ3EGUQ2J7XMPLE5R')).toBe(HUB_ACCOUNT);
    expect(accountOfKey('AKIA111122223333')).toBe(HUB_ACCOUNT);
  });

  it('are made up in a row, or the ones given', () => {
    expect(fleetAccounts(2)).toEqual(['100000000001', '100000000002']);
    expect(fleetAccounts(['999988887777'])).toEqual(['999988887777']);
  });
});
