import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { simulate } from '../../rehearsal/simulate/simulate.ts';
import configuration from '../../rollout.config.ts';
import { hostileText } from './hostile-text.ts';

/** Tags as CloudFormation and EC2 would take them at all: at most 256 characters. */
const tag = hostileText.map((text) => text.toWellFormed().slice(0, 256));
const tagOf = fc.constantFrom(
  ...['hold', 'alarms', 'ring', 'environment', 'parameter'].map((name) => `ami-rollout:${name}`),
  ...['__proto__', 'constructor', 'toString'],
);

/** The scenario as JSON has it, in which `__proto__` is a key like others. */
const scenarioWith = (name: string, text: string): object =>
  JSON.parse(
    JSON.stringify({
      name: 'hostile',
      fleet: {
        accounts: 1,
        regions: ['eu-west-1'],
        stacks: [
          { name: 'plain', ring: 'canary' },
          { name: 'odd', ring: 'full', tags: 'TAGS' },
        ],
      },
      image: { tags: { note: text } },
      operations: [
        { do: 'halt', state: 'Plan Rings', reason: text },
        { do: 'resume', state: 'Canary Ring', reason: text },
      ],
    }).replace('"TAGS"', () => `{${JSON.stringify(name)}:${JSON.stringify(text)}}`),
  ) as object;

describe('a whole rehearsal with tags and reasons that mean no good', () => {
  it('keeps every rule, comes to its end and poisons nothing', async () => {
    await fc.assert(
      fc.asyncProperty(tagOf, tag, async (name, text) => {
        const { outcome, violations } = await simulate(scenarioWith(name, text), configuration);
        expect({ outcome, violations }).toEqual({ outcome: expect.stringMatching(/^(?!NONE)/), violations: [] });
        expect(Object.keys(Object.prototype)).toEqual([]);
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  }, 120_000);
});
