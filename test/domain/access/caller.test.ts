import { describe, expect, it } from '@jest/globals';
import { identityOf, isAllowed, personOf, type Caller } from '../../../domain/access/caller.ts';
import { accessForPeople, aConfiguration } from '../fakes/configuration.ts';

const iam = (arn: string): Caller => ({ kind: 'iam', arn });
const oidc = (subject: string, groups: readonly string[] = []): Caller => ({ kind: 'oidc', subject, groups });

describe('personOf', () => {
  const people = [
    { id: 'ana', iam: ['arn:aws:sts::1:assumed-role/ops_*/ana@example.com'], oidc: ['ana-subject'] },
    { id: 'ben', iam: ['arn:aws:iam::1:user/ben', 'arn:aws:sts::1:assumed-role/ops/ben'], oidc: [] },
  ];
  it.each([
    ['arn:aws:sts::1:assumed-role/ops_1a2b/ana@example.com', 'ana'],
    ['arn:aws:iam::1:user/ben', 'ben'],
    ['arn:aws:sts::1:assumed-role/ops/ben', 'ben'],
    ['arn:aws:iam::1:user/benny', null],
    ['arn:aws:sts::1:assumed-role/ops_1/ana@example,com', null],
    ['ana-subject', null],
    ['', null],
  ])('%s is %s by IAM', (arn, expected) => {
    expect(personOf(iam(arn), people)).toBe(expected);
  });

  it.each([
    ['ana-subject', 'ana'],
    ['ana', null],
    ['arn:aws:iam::1:user/ben', null],
    ['*', null],
  ])('%s is %s at the identity provider', (subject, expected) => {
    expect(personOf(oidc(subject), people)).toBe(expected);
  });
});

describe('isAllowed', () => {
  const nobody = { people: [], groups: [], principals: [] };
  const configuration = aConfiguration({
    console: {
      url: null,
      oidc: null,
      access: {
        ...accessForPeople,
        start: { people: ['ana'], groups: ['release'], principals: ['arn:aws:sts::1:assumed-role/ci/*'] },
        halt: nobody,
        drill: nobody,
      },
    },
  });
  const ana = iam('arn:aws:sts::111122223333:assumed-role/ops/ana');
  const ben = iam('arn:aws:sts::111122223333:assumed-role/ops/ben');

  it('asks for the person, the group or the principal, each alone', () => {
    expect(isAllowed(ana, 'start', configuration)).toBe(true);
    expect(isAllowed(ben, 'start', configuration)).toBe(false);
    expect(isAllowed(oidc('stranger', ['release']), 'start', configuration)).toBe(true);
    expect(isAllowed(oidc('stranger', ['releases', 're lease']), 'start', configuration)).toBe(false);
    expect(isAllowed(iam('arn:aws:sts::1:assumed-role/ci/job-7'), 'start', configuration)).toBe(true);
    expect(isAllowed(iam('arn:aws:sts::2:assumed-role/ci/job-7'), 'start', configuration)).toBe(false);
  });

  it('takes * for the people of the configuration and for nobody else', () => {
    expect(isAllowed(ben, 'approve', configuration)).toBe(true);
    expect(isAllowed(oidc('oidc|ben'), 'approve', configuration)).toBe(true);
    expect(isAllowed(oidc('stranger', ['*']), 'approve', configuration)).toBe(false);
    expect(isAllowed(iam('arn:aws:iam::9:user/x'), 'read', configuration)).toBe(false);
  });

  it('gives nobody what nobody is named for', () => {
    expect([ana, ben].some((one) => isAllowed(one, 'halt', configuration))).toBe(false);
  });
});

describe('identityOf', () => {
  it('tells an IAM identity from a subject of the same text', () => {
    expect(identityOf(iam('ana'))).not.toBe(identityOf(oidc('ana')));
  });
});
