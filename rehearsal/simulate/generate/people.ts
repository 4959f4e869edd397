import type { Random } from '../../scenario/random.ts';
import { ringTitle } from '../../../statemachines/titles.ts';
import type { ScenarioFile } from '../scenario-file.ts';
import { chance, oneOf } from './draw.ts';

/** States that operators act after: anywhere on the way, and on the way back. */
const statesOf = (rings: readonly string[]): readonly string[] => [
  ...['Open Campaign', 'Await Turn', 'Inspector Scan', 'Custom Gates', 'Plan Rings', 'Promote Image'],
  ...rings.map(ringTitle).flatMap((ring) => [`${ring} Ring`, `Bake ${ring} Ring`, `Recheck Gates (${ring})`]),
  'Restore Previous Image',
];

const generateOperations = (random: Random, rings: readonly string[]): readonly object[] => {
  const states = statesOf(rings);
  const operations: object[] = [];
  const times = chance(random, 0.1) ? 2 : 1;
  for (let nth = 0; nth < times; nth += 1) {
    if (chance(random, 0.2))
      operations.push({ do: 'abort', state: oneOf(random, states), afterMinutes: random.between(0, 80) });
    if (!chance(random, 0.15)) continue;
    const state = oneOf(random, states);
    const scope = chance(random, 0.3) ? 'all' : 'campaign';
    const afterMinutes = random.between(0, 30);
    operations.push({ do: 'halt', state, afterMinutes, scope });
    if (chance(random, 0.7))
      operations.push({ do: 'resume', state, afterMinutes: afterMinutes + random.between(1, 90), scope });
  }
  return operations;
};

const generateApproval = (random: Random): object => ({
  decision: oneOf(random, ['reject', 'ignore', 'approve'] as const),
  afterMinutes: random.between(0, 600),
});

const generateStart = (random: Random): object | undefined => {
  if (chance(random, 0.2))
    return { by: 'event', ...(chance(random, 0.3) ? { againAfterMinutes: random.between(1, 200) } : {}) };
  if (!chance(random, 0.15)) return undefined;
  return oneOf<object>(random, [
    { dryRun: true },
    { againAfterMinutes: random.between(1, 600) },
    { allowOlder: true },
    { allowRevoked: true },
    { family: 'al2023-base' },
    { family: 'somebody-elses' },
    { imageId: 'ami-0123456789abcdef0' },
  ]);
};

/** Other campaigns of the same family. */
const generateOthers = (random: Random): readonly object[] =>
  Array.from({ length: chance(random, 0.2) ? random.between(1, 2) : 0 }, () => ({
    afterMinutes: random.between(1, 300),
    image: oneOf(random, ['new', 'later', 'later'] as const),
    ...(chance(random, 0.1) ? { environments: ['staging'] } : {}),
  }));

const generateArrivals = (random: Random): readonly object[] =>
  Array.from({ length: chance(random, 0.12) ? random.between(1, 2) : 0 }, (_, index) => ({
    afterMinutes: random.between(1, 400),
    ...(chance(random, 0.7)
      ? { version: `2026.11.${4 + index}` }
      : { again: oneOf(random, ['enabled', 'copied'] as const) }),
    ...(chance(random, 0.15) ? { announced: false } : {}),
  }));

const generateThen = (random: Random): object => ({
  do: 'rollback',
  of: oneOf(random, ['campaign', 'campaign', 'latest', 'image'] as const),
  ...(chance(random, 0.5) ? { atMinutes: random.between(20, 500) } : { afterMinutes: random.between(0, 300) }),
  ...(chance(random, 0.3) ? { mended: true } : {}),
});

const unlessEmpty = (name: string, list: readonly object[]): object => (list.length === 0 ? {} : { [name]: list });

/** What people do: start, decide, halt, abort, roll back, and build other images meanwhile. */
export const generatePeople = (
  random: Random,
  rings: readonly string[],
): Pick<ScenarioFile, 'approval' | 'start' | 'operations' | 'also' | 'arrivals' | 'then'> => {
  const start = generateStart(random);
  return {
    ...(chance(random, 0.25) ? { approval: generateApproval(random) } : {}),
    ...(start === undefined ? {} : { start }),
    ...unlessEmpty('operations', generateOperations(random, rings)),
    ...unlessEmpty('also', generateOthers(random)),
    ...unlessEmpty('arrivals', generateArrivals(random)),
    ...(chance(random, 0.12) ? { then: generateThen(random) } : {}),
  };
};
