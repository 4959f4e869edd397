import { viewCampaign } from '../../domain/operating/view-campaign.ts';
import { StateCoverage } from '../../rehearsal/coverage/state-coverage.ts';
import { loadDeployment } from '../../rehearsal/definitions/load-deployment.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import type { Run } from '../../rehearsal/run/run.ts';
import { rehearsalConfiguration } from '../../rehearsal/run/rehearsal-configuration.ts';
import { loadScenario, shippedScenarios } from '../../rehearsal/scenario/load-scenario.ts';
import { scenarioOf } from '../../rehearsal/scenario/parse-scenario.ts';
import type { Scenario } from '../../rehearsal/scenario/scenario-schema.ts';
import { allRules } from '../../rehearsal/simulate/rules/all-rules.ts';
import { Watch, type Violation } from '../../rehearsal/simulate/watch.ts';
import configuration from '../../rollout.config.ts';
import { ringTitle } from '../../statemachines/titles.ts';
import { configurationWith } from '../infra/deployed.ts';
import { modelFolder } from '../validity/service-model.ts';
import { Validity } from '../validity/validity.ts';
import { breakdowns } from './breakdowns.ts';
import { deployedRights, type DeployedRights } from './deployed-roles.ts';
import { SecretSearch } from './secret-search.ts';
import { requestsOf, type AuthorizationRequest } from './requests.ts';

/** A question to IAM, and by which scenarios it was asked. */
export interface Asked {
  readonly request: AuthorizationRequest;
  readonly scenarios: Set<string>;
}

/** How a breakdown has ended, beside what it should have come to. */
interface Ended {
  readonly name: string;
  readonly outcome: string;
  readonly expected: string;
  readonly violations: readonly Violation[];
}

/** What all scenarios together have used and visited. */
export interface AllScenarios {
  readonly scenarios: number;
  /** Uses of a right, as they happened. */
  readonly calls: number;
  readonly asked: readonly Asked[];
  readonly coverage: StateCoverage;
  readonly breakdowns: readonly Ended[];
  /** Requests and answers beside the services' own models; null where these are not installed. */
  readonly validity: Validity | null;
  /** Task tokens and credentials where nobody may read them. */
  readonly secrets: SecretSearch;
}

/** Names and numbers that differ from stack to stack make no difference to a policy of ours. */
const keyOf = ({ principal, action, resource, context }: AuthorizationRequest): string =>
  [principal, action, resource, JSON.stringify(context)].join(' ').replaceAll(/\d+/g, '0');

/** The machines that the shipped configuration makes. */
const shippedMachines = async () => {
  const shipped = rehearsalConfiguration(configuration, loadScenario('default'));
  const { deployment } = await loadDeployment(shipped);
  return { machines: deployment.machines, ringTitles: shipped.rings.map(({ name }) => ringTitle(name)) };
};

/** What the pages would show of all campaigns of a run, and what it has left in the queues. */
const searchPages = async (run: Run, secrets: SecretSearch): Promise<void> => {
  secrets.end(run);
  const ports = {
    table: run.table,
    clock: { now: () => new Date(run.startedAt), sleep: () => Promise.resolve() },
    configuration: () => configurationWith(),
  };
  for (const campaign of run.campaigns) secrets.look('answer', 'the pages', await viewCampaign(ports)(campaign));
};

/**
 * Runs every shipped scenario, and those in which tasks break down; collects what IAM would have been asked, each
 * question once, and where the machines have been. The breakdowns are held to the rules that hold always.
 */
export const runAllScenarios = async (): Promise<AllScenarios> => {
  const seen = new Map<string, Asked>();
  const rightsOf = new Map<string, DeployedRights>();
  const coverage = new StateCoverage(await shippedMachines());

  const validity = modelFolder === null ? null : new Validity();

  const secrets = new SecretSearch();

  let calls = 0;
  const untranslated = new Set<string>();
  // Thrown here, it would be one more failed call of a handler, which may well be caught.
  const translated = (...access: Parameters<typeof requestsOf>): ReturnType<typeof requestsOf> => {
    try {
      return requestsOf(...access);
    } catch (error) {
      untranslated.add(String(error));
      return [];
    }
  };

  const run = async (scenario: Scenario, watch?: Watch): Promise<string> => {
    const deployed = rehearsalConfiguration(configuration, scenario);
    const key = JSON.stringify(deployed);
    const rights = rightsOf.get(key) ?? deployedRights(deployed);
    rightsOf.set(key, rights);
    let last: Run | undefined;
    const report = await secrets.during(() =>
      rehearse(scenario, {
        configuration,
        onRun: (begun) => {
          coverage.begin(begun.machines);
          last = begun;
          secrets.begin(begun);
          if (validity !== null) begun.scenarioWorld.world.onAnswer = (call, output) => validity.answer(call, output);
          watch?.begin(begun, scenario, deployed);
        },
        onStep: (step) => {
          coverage.stepped(step);
          secrets.look('step', step.kind, step);
        },
        onData: (state, data) => secrets.look('state data', state, data),
        ...(watch && {
          wrapTable: (table) => watch.table(table),
          onProgress: (progress) => watch.progress(progress),
          onEnd: (last) => watch.end(last),
        }),
        onAccess: (access) => {
          secrets.access(access);
          // What an operator does beside the product is done with the operator's own rights.
          if (access.handler === undefined) return;
          if (access.kind === 'call') validity?.request(access.call);
          calls += 1;
          for (const request of translated(access, rights)) {
            const asked = seen.get(keyOf(request));
            if (asked === undefined) seen.set(keyOf(request), { request, scenarios: new Set([scenario.name]) });
            else asked.scenarios.add(scenario.name);
          }
        },
      }),
    );
    if (last !== undefined) await searchPages(last, secrets);
    // Repeated announcements of an image are duplicates, as many as there are days.
    const others = report.otherCampaigns.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'DUPLICATE');
    return [report.outcome, ...(scenario.expect.others === undefined ? [] : others)].join(' ');
  };

  for (const name of shippedScenarios()) await run(loadScenario(name));
  const ended: Ended[] = [];
  for (const breakdown of breakdowns) {
    const scenario = scenarioOf(breakdown, breakdown.name);
    const watch = new Watch(allRules);
    const outcome = await run(scenario, watch);
    const expected = [scenario.expect.outcome, ...(scenario.expect.others ?? [])].join(' ');
    ended.push({ name: breakdown.name, outcome, expected, violations: watch.violations });
  }
  if (untranslated.size > 0) throw new Error([...untranslated].join('\n'));
  return {
    scenarios: shippedScenarios().length + breakdowns.length,
    calls,
    asked: [...seen.values()],
    coverage,
    breakdowns: ended,
    validity,
    secrets,
  };
};
