import { describe, expect, it } from '@jest/globals';
import type { Family } from '../../../domain/configuration/family.ts';
import { lintImage } from '../../../domain/gates/lint-image.ts';
import { imageTags } from '../../../domain/words.ts';
import { imageFacts, now } from './image-facts.ts';

const hubAccount = '111122223333';
const rule = { required: false, type: 'text', values: ['passed'], pattern: null } as const;
const family = (name: string): Family => ({
  name,
  owners: ['self', '999988887777'],
  namePattern: null,
  tags: [
    { ...rule, key: imageTags.scanStatus },
    { ...rule, key: imageTags.testResults },
  ],
  promotionParameter: '/x',
});
const families = [family('al2023-base'), family('windows')];
const refused = { [imageTags.scanStatus]: 'failed', [imageTags.testResults]: 'failed' };
const lint = (over: Parameters<typeof imageFacts>[0] = {}, name: string | null = null, more: object = {}) =>
  lintImage(imageFacts(over), families, name, { hubAccount, now, ...more });
const tagged = (more: Record<string, string>, family = 'al2023-base') => ({ 'ami-rollout:family': family, ...more });

describe('lintImage', () => {
  it('judges by the family that the image names', () => {
    expect(lint({ tags: tagged({}) })).toMatchObject({ passed: true, evidence: { family: 'al2023-base' } });
  });

  it('judges by the family that somebody names, whatever the image says', () => {
    expect(lint({ tags: tagged({}) }, 'windows')).toMatchObject({ passed: false, evidence: { family: 'windows' } });
  });

  it.each([
    ['the image names none', { tags: {} }, null],
    ['there is none of the name', {}, 'unheard-of'],
  ])('says which families there are where %s', (_what, over, name) => {
    expect(lint(over, name)).toMatchObject({
      gate: 'Tag Check',
      passed: false,
      codes: ['family-unknown'],
      reasons: [expect.stringContaining('to one of al2023-base, windows, or name the family at the start')],
      evidence: { image: { id: imageFacts().id } },
    });
  });

  it('takes a refusal on an own image for our writing where gates write tags', () => {
    const wrong = { tags: tagged(refused) };
    expect(lint(wrong, null, { writesTags: true })).toMatchObject({ passed: true, evidence: { recorded: refused } });
    expect(lint(wrong)).toMatchObject({ passed: false, evidence: { recorded: {} } });
  });

  it.each([
    ['on the image of another owner', { owner: '999988887777', tags: tagged(refused) }],
    ['that reads otherwise than ours', { tags: tagged({ [imageTags.scanStatus]: 'Failed' }) }],
  ])('does not take one for it %s', (_what, over) => {
    expect(lint(over, null, { writesTags: true })).toMatchObject({ passed: false, evidence: { recorded: {} } });
  });
});
