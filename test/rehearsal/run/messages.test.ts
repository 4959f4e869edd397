import { describe, expect, it } from '@jest/globals';
import { rehearse } from '../../../rehearsal/rehearse.ts';
import { loadScenario } from '../../../rehearsal/scenario/load-scenario.ts';
import configuration from '../../../rollout.config.ts';

const messagesOf = async (name: string) => (await rehearse(loadScenario(name), { configuration })).messages;

/** Every token of the rehearsal begins with it. */
const tokenPrefix = 'AQCUAAAAKgAAAAMAAAAA';

/** What every campaign tells whose canary people approve. */
const approvedThen = (...rest: readonly string[]) => [
  'ring done canary',
  'approval wanted canary',
  'approved canary',
  ...rest,
];

describe('what is told', () => {
  it.each([
    ['default', approvedThen('ring done full', 'finished PROMOTED')],
    ['canary-breaks', ['breach canary', 'restored RESTORED']],
    ['approval-expires', ['ring done canary', 'approval wanted canary', 'restoring', 'restored RESTORED']],
    ['canary-rejected', ['ring done canary', 'approval wanted canary', 'restoring', 'restored RESTORED']],
    ['alarm-during-bake', ['ring done canary', 'breach canary', 'restored RESTORED']],
    ['full-ring-breaks', approvedThen('breach full', 'restored RESTORED')],
    ['aborted', ['restoring', 'restored RESTORED']],
    ['approval-auto', ['ring done canary', 'approved canary', 'ring done full', 'finished PROMOTED']],
    ['approval-auto-falls-back', approvedThen('ring done full', 'finished PROMOTED')],
    ['vulnerable-image', ['finished REJECTED']],
    ['dry-run', ['finished PLANNED']],
    ['nothing-to-do', ['finished UNCHANGED']],
    ['halted-and-resumed', approvedThen('halted', 'resumed', 'ring done full', 'finished PROMOTED')],
    ['rollback', [...approvedThen('ring done full', 'finished PROMOTED'), ...['restoring', 'restored RESTORED']]],
  ])(
    'in %s: each fact once, and nothing else',
    async (name, expected) => {
      const messages = await messagesOf(name);
      expect(
        messages.map(({ fact, ring, outcome }) => [fact, ring, outcome].filter((part) => part !== null).join(' ')),
      ).toEqual(expected);
      expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
      expect(messages.filter(({ mailed }) => !mailed)).toEqual([]);
      expect(JSON.stringify(messages)).not.toContain(tokenPrefix);
    },
    60_000,
  );

  it('is no mail for the campaigns of regional copies', async () => {
    const messages = await messagesOf('duplicate-event');
    const duplicates = messages.filter(({ outcome }) => outcome === 'DUPLICATE');
    expect(duplicates.length).toBeGreaterThan(0);
    expect(duplicates.filter(({ mailed }) => mailed)).toEqual([]);
  }, 60_000);
});
