import { describe, expect, it } from '@jest/globals';
import type { DrillSettings } from '../../../domain/configuration/drill-settings.ts';
import { whyNoDrill } from '../../../domain/drill/why-no-drill.ts';

const place = { account: '444455556666', region: 'eu-west-1' };
const settings: DrillSettings = {
  stacks: [{ name: 'staging-drill', ...place, family: 'al2023-base' }],
  environments: ['staging'],
  maxImageAgeDays: 90,
  schedule: null,
};
const tags = { 'ami-rollout:family': 'al2023-base', 'ami-rollout:environment': 'staging' };
const stack = (over: object = {}) => ({ name: 'staging-drill', tags, ...over });

describe('whyNoDrill', () => {
  it('lets the designated stack be drilled', () => {
    expect(whyNoDrill(stack(), place, settings)).toBeNull();
  });

  it.each([
    ['another name', stack({ name: 'app-1' }), place, 'app-1 in 444455556666/eu-west-1 is not designated'],
    ['another account', stack(), { ...place, account: '777788889999' }, 'is not designated'],
    [
      'another region',
      stack(),
      { ...place, region: 'us-east-1' },
      'drill.stacks of the configuration names staging-drill',
    ],
    [
      'production',
      stack({ tags: { ...tags, 'ami-rollout:environment': 'production' } }),
      place,
      'environment "production"',
    ],
    ['no environment', stack({ tags: { 'ami-rollout:family': 'al2023-base' } }), place, 'environment ""'],
    ['another family', stack({ tags: { ...tags, 'ami-rollout:family': 'web' } }), place, 'is of family "web"'],
  ])('refuses %s', (_what, found, target, reason) => {
    expect(whyNoDrill(found, target, settings)).toContain(reason);
  });

  it('refuses everything where nothing is designated', () => {
    expect(whyNoDrill(stack(), place, { ...settings, stacks: [] })).toContain('and no stack is');
  });
});
