import { describe, expect, it } from '@jest/globals';
import { progressOf, type Whereabouts } from '../../../../console/views/machine/progress.ts';
import { campaignStatus } from '../../../../console/schemas/campaign.ts';
import type { Configuration } from '../../../../domain/configuration.ts';
import type { AslMachine } from '../../../../domain/machine/asl.ts';
import { divide } from '../../../../domain/machine/sections.ts';
import { viewCampaign } from '../../../../domain/operating/view-campaign.ts';
import { whereabouts } from '../../../../domain/operating/whereabouts.ts';
import { configuration as deployedConfiguration, machines } from '../../../../handlers/runtime/environment.ts';
import { rehearse } from '../../../../rehearsal/rehearse.ts';
import type { Run } from '../../../../rehearsal/run/run.ts';
import { loadScenario } from '../../../../rehearsal/scenario/load-scenario.ts';
import configuration from '../../../../rollout.config.ts';

const waitMilliseconds = 45_000;

/** A run with what was deployed for it; its files are gone behind its end. */
interface Watched {
  readonly run: Run;
  readonly deployed: Configuration;
  readonly machine: AslMachine;
}

/** What the page says of a campaign now. */
const look = async ({ run, deployed, machine }: Watched, campaignId: string) => {
  const ports = { table: run.table, clock: { now: () => new Date() }, configuration: () => deployed } as never;
  const view = await viewCampaign(ports)(campaignId);
  if (view === undefined) return undefined;
  const { campaign, ...rest } = view;
  const status = campaignStatus.parse({ ...campaign, ...rest, report: null });
  const of: Whereabouts = { status, ...(await whereabouts(ports)(campaignId, status)) };
  return progressOf(machine, divide(machine), of);
};

describe("the campaign's state on its page", () => {
  it.each([
    ['default', 'Done'],
    ['four-rings', 'Done'],
    ['dry-run', 'Done'],
    ['nothing-to-do', 'Done'],
    ['approval-auto', 'Done'],
    ['calendar-opens-early', 'Done'],
    ['queued-and-superseded', 'Done'],
    ['unscanned-image', 'Rejected'],
    ['untagged-image', 'Rejected'],
    ['canary-rejected', 'Restored'],
    ['canary-breaks', 'Restored'],
    ['full-ring-breaks', 'Restored'],
    ['alarm-during-bake', 'Restored'],
    ['operator-aborts', 'Restored'],
    ['restore-breaks', 'Restore Incomplete'],
  ])(
    '%s: is the one in which its execution is, whenever that takes a while, and in the end %s',
    async (name, end) => {
      let watched: Watched | undefined;
      const inState = new Map<string, { readonly state: string; readonly at: number }>();
      const found: { readonly state: string; readonly shown: readonly string[] }[] = [];
      const mistakes: unknown[] = [];
      await rehearse(loadScenario(name), {
        configuration,
        onRun: (run) => {
          const machine = machines().find((one) => one.name.endsWith('-campaign'))?.definition as AslMachine;
          watched = { run, deployed: deployedConfiguration(), machine };
        },
        onStep: (step) => {
          const id = /:execution:ami-rollout-campaign:([^:/]+)$/.exec(step.executionArn)?.[1];
          if (id === undefined || step.kind !== 'state-entered') return;
          const { state, at } = step;
          inState.set(id, { state, at });
          setTimeout(() => {
            const still = inState.get(id);
            if (watched === undefined || still?.state !== state || still.at !== at) return;
            look(watched, id).then(
              (progress) => {
                const later = inState.get(id);
                if (progress === undefined || later !== still) return;
                const shown = [...progress].filter(([, word]) => word === 'now').map(([one]) => one);
                found.push({ state, shown });
              },
              (error: unknown) => mistakes.push(error),
            );
          }, waitMilliseconds);
        },
        onEnd: () => {
          const [first = ''] = watched?.run.campaigns ?? [];
          if (watched)
            look(watched, first).then(
              (progress) => {
                const ended = ['over', 'failed'].includes(progress?.get(end) ?? '');
                const now = [...(progress ?? [])].filter(([, word]) => word === 'now' || word === 'to come');
                found.push({ state: end, shown: [ended ? end : `not ${end}`, ...now.map(([one]) => one)] });
              },
              (error: unknown) => mistakes.push(error),
            );
        },
      });
      // What was asked at the end is answered within a turn.
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(mistakes).toEqual([]);
      const ends = new Set(['Done', 'Rejected', 'Restored', 'Restore Incomplete', 'Refused']);
      expect(
        found.filter(({ state, shown }) => !ends.has(state) && (shown.length !== 1 || shown[0] !== state)),
      ).toEqual([]);
      expect(found.at(-1)).toEqual({ state: end, shown: [end] });
      // Some are refused at once.
      expect(found.length).toBeGreaterThan(end === 'Rejected' ? 0 : 1);
    },
    60_000,
  );
});
