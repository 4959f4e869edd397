import { RolloutError } from '../errors.ts';
import { findTargets } from '../planning/find-targets.ts';
import { InvalidCursor, type Listed } from '../operating/page.ts';
import type { Ports } from '../ports/index.ts';
import { targetName } from '../target.ts';
import { checksOf, type Check } from './check.ts';
import { examineTarget } from './examine-target.ts';

type Needs = Pick<Ports, 'clock' | 'configuration' | 'forwarding' | 'organization' | 'parameters' | 'stacks'>;

/** What is about no single target. */
const examineHub = (
  { configuration }: Needs,
  policy: string | undefined,
  { leftOut, count }: { readonly leftOut: readonly string[]; readonly count: number },
): readonly Check[] => {
  const { people } = configuration();
  const { ok, warning, missing } = checksOf('hub');
  return [
    policy === undefined
      ? missing('event bus', 'there is no bus ami-rollout in the hub', 'deploy the hub stack')
      : ok('event bus', 'members send their events to it'),
    people.length < 2
      ? missing(
          'people',
          `the configuration knows ${people.length}: nobody approves what they have started`,
          'name at least two under `people`',
        )
      : ok('people', `${people.length} may approve for each other`),
    count === 0
      ? missing('targets', 'there is none', 'look at `targets` of the configuration')
      : ok('targets', `${count} in the deployed configuration`),
    ...(leftOut.length === 0
      ? []
      : [warning('organization', leftOut.join('; '), 'these accounts are left out of campaigns')]),
  ];
};

/** Examines what campaigns need: the hub on the first page, and one target a page. Reads only. */
export const examine =
  (ports: Needs) =>
  async (cursor: string | null): Promise<Listed<Check>> => {
    const index = cursor === null ? 0 : Number(/^target-(\d{1,5})$/.exec(cursor)?.[1] ?? Number.NaN);
    const { targets, leftOut } = await findTargets(ports);
    if (Number.isNaN(index) || (cursor !== null && index >= targets.length)) throw new InvalidCursor();
    const { ok: _, missing } = checksOf('hub');
    let policy: string | undefined;
    let trouble: readonly Check[] = [];
    try {
      policy = await ports.forwarding.busPolicy();
    } catch (error) {
      if (!(error instanceof RolloutError)) throw error;
      policy = '';
      trouble = [missing('event bus', error.message, 'deploy the hub again: its role may lack the right')];
    }
    const hub =
      index > 0
        ? []
        : [
            ...trouble,
            ...examineHub(ports, policy, {
              leftOut: leftOut.map(({ reason, ...target }) => `${targetName(target)}: ${reason}`),
              count: targets.length,
            }),
          ];
    const target = targets[index];
    const own = target ? await examineTarget(ports, target, policy) : [];
    return { items: [...hub, ...own], next: index + 1 < targets.length ? `target-${index + 1}` : null };
  };
