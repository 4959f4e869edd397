import type { RehearsalReport } from '../../rehearsal/report/rehearsal-report.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import type { Run } from '../../rehearsal/run/run.ts';
import { scenarioOf } from '../../rehearsal/scenario/parse-scenario.ts';
import configuration from '../../rollout.config.ts';

/** What came of one load, for the page. */
export interface LoadRun {
  readonly what: string;
  readonly result: string;
  readonly seconds: number;
  readonly passed: boolean;
}

const run = async (
  scenario: { readonly name: string; readonly [option: string]: unknown },
  onRun: (run: Run) => void = () => undefined,
): Promise<{ readonly report: RehearsalReport; readonly seconds: number }> => {
  const began = performance.now();
  const report = await rehearse(scenarioOf(scenario, scenario.name), { configuration, onRun });
  return { report, seconds: Math.round((performance.now() - began) / 100) / 10 };
};

const number = (value: number): string => value.toLocaleString('en-US');

/** Campaigns of so many families, each over a few stacks, all begun within a minute over one table. */
export const manyCampaigns = async (count: number): Promise<LoadRun> => {
  const [base] = Object.values(configuration.families);
  const families = Array.from({ length: count }, (_, index) => `family-${String(index + 1).padStart(3, '0')}`);
  const stacks = families.flatMap((family, index) =>
    ['one', 'two', 'three'].map((name) => ({
      name: `${family}-${name}`,
      account: `1000000000${String((index % 20) + 10)}`,
      updateMinutes: 4 + (index % 7),
      tags: { 'ami-rollout:family': family },
    })),
  );
  const { report, seconds } = await run(
    {
      name: 'many-campaigns',
      image: { family: families[0] },
      fleet: {
        accounts: Array.from({ length: 20 }, (_, index) => `1000000000${index + 10}`),
        regions: ['eu-west-1'],
        stacks,
      },
      policy: {
        families: Object.fromEntries(
          families.map((family) => [
            family,
            { ...base, namePattern: `${family}-*`, promotionParameter: '/ami-rollout/{family}/{environment}/image' },
          ]),
        ),
        campaigns: { maxConcurrent: count, maxDaily: count },
      },
    },
    (begun) => {
      const { world, images } = begun.scenarioWorld;
      const region = world.hubRegion;
      const image = world.images.get(region, images.new.get(region) ?? '');
      if (image === undefined) throw new Error('the scenario has no image');
      for (const [index, family] of families.entries()) {
        if (index === 0) continue;
        const id = `ami-0b${index.toString(16).padStart(15, '0')}`;
        world.images.add({
          ...image,
          id,
          name: `${family}-2026.11.3`,
          tags: new Map([...image.tags, ['ami-rollout:family', family], ['build_id', `build-${family}`]]),
          scan: { coverage: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL' }, scannedAt: Date.now() },
        });
        // A third of a second apart: the service starts so many executions at once, and people are not that quick.
        setTimeout(
          () => {
            begun.engine.startExecution({
              stateMachineArn: begun.machineArn('ami-rollout-campaign'),
              name: `load-${family}`,
              input: { imageId: id, region, reason: 'load' },
            });
          },
          1_000 + index * 300,
        );
      }
    },
  );
  const outcomes = [report.outcome, ...report.otherCampaigns.map(({ outcome }) => outcome)];
  const promoted = outcomes.filter((outcome) => outcome === 'PROMOTED').length;
  return {
    what: `${number(count)} campaigns at once over one table, ${number(stacks.length)} stacks`,
    result: `${number(promoted)} of ${number(outcomes.length)} PROMOTED, ${number(report.throttled)} requests throttled and tried again, ${Math.round(report.virtualSeconds / 60)} virtual minutes for the first`,
    seconds,
    passed: promoted === count,
  };
};

/** Every event that would complete an update is lost, of so many stacks at once: only the sweep can tell. */
export const everythingOverdue = async (count: number): Promise<LoadRun> => {
  let most = 0;
  let sweeps = 0;
  let longest = 0;
  const { report, seconds } = await run(
    {
      name: 'everything-overdue',
      fleet: { accounts: 100, regions: ['eu-west-1', 'us-east-1'], stacks: count, ssmShare: 0, updateMinutes: [4, 12] },
      policy: {
        rings: [
          {
            name: 'full',
            sharePercent: null,
            cap: 10_000,
            targetCap: 50,
            approval: 'none',
            failureBudget: 0,
            bakeMinutes: 5,
          },
        ],
      },
      faults: [{ kind: 'eventLost', times: count }],
    },
    ({ lambda }) => {
      const invoke = lambda.invoke.bind(lambda);
      lambda.invoke = async (name, ...rest) => {
        if (!name.endsWith('ami-rollout-sweep')) return invoke(name, ...rest);
        const began = Date.now();
        sweeps += 1;
        try {
          const answer = (await invoke(name, ...rest)) as { overdue?: number } | null;
          most = Math.max(most, answer?.overdue ?? 0);
          return answer;
        } finally {
          longest = Math.max(longest, Date.now() - began);
        }
      };
    },
  );
  const done = report.stacks.filter(({ status }) => status === 'done').length;
  return {
    what: `the sweep at ${number(count)} stacks, every completion event lost`,
    result: `${report.outcome}, ${number(done)} stacks done; ${number(sweeps)} sweeps, up to ${number(most)} overdue tokens in one, the longest ${Math.round(longest / 1000)} virtual s`,
    seconds,
    passed: report.outcome === 'PROMOTED' && done === count,
  };
};

/** The events of a campaign's stacks come so many times each, in one burst. */
export const duplicates = async (count: number): Promise<LoadRun> => {
  const fleet = { accounts: 1, regions: ['eu-west-1'], stacks: [{ name: 'web' }, { name: 'api', mode: 'ssm' }] };
  const once = await run({ name: 'once', fleet });
  let sent = 0;
  const often = await run({ name: 'often', fleet }, ({ scenarioWorld: { world } }) => {
    const { host } = world;
    world.host = {
      ...host,
      emit: (event) => {
        const times = event['detail-type'] === 'CloudFormation Stack Status Change' ? count : 1;
        for (let copy = 0; copy < times; copy += 1) host.emit(event);
        if (times > 1) sent += times;
      },
    };
  });
  const writes = ['cloudformation.UpdateStack', 'ssm.PutParameter', 'autoscaling.StartInstanceRefresh'];
  const same = writes.every((call) => once.report.calls[call] === often.report.calls[call]);
  return {
    what: `every CloudFormation event ${number(count)} times, in one burst`,
    result: `${often.report.outcome} after ${number(sent)} events; the same writes as with each event once: ${same ? 'yes' : 'no'}`,
    seconds: often.seconds,
    passed: often.report.outcome === 'PROMOTED' && same && sent >= count,
  };
};
