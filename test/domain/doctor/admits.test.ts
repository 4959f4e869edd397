import { describe, expect, it } from '@jest/globals';
import { admits } from '../../../domain/doctor/admits.ts';

const policy = (statement: object): string => JSON.stringify({ Statement: [statement] });
const open = { Effect: 'Allow', Action: 'events:PutEvents' };
const account = '100000000001';
const organization = 'o-a1b2c3d4e5';

describe('admits', () => {
  it.each([
    ['an account by its id', { ...open, Principal: { AWS: account } }, true],
    ['an account by its root', { ...open, Principal: { AWS: [`arn:aws:iam::${account}:root`] } }, true],
    ['another account', { ...open, Principal: { AWS: '100000000002' } }, false],
    [
      'the organisation',
      { ...open, Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': organization } } },
      true,
    ],
    [
      'another organisation',
      { ...open, Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-x' } } },
      false,
    ],
    ['a refusal', { ...open, Effect: 'Deny', Principal: { AWS: account } }, false],
    ['another action', { ...open, Action: 'events:PutRule', Principal: { AWS: account } }, false],
  ])('reads %s', (_what, statement, expected) => {
    expect(admits(policy(statement), account, organization)).toBe(expected);
  });

  it('takes no policy, and none that can be read, for no', () => {
    expect(admits('', account, organization)).toBe(false);
    expect(admits('{', account, null)).toBe(false);
  });
});
