import { parentPort, workerData } from 'node:worker_threads';
import { createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { awsExecutions } from '../../adapters/aws/executions.ts';
import { awsForwarding } from '../../adapters/aws/forwarding.ts';
import { awsFunctions } from '../../adapters/aws/functions.ts';
import { awsGroups } from '../../adapters/aws/groups.ts';
import { awsImages } from '../../adapters/aws/images.ts';
import { awsNotifications } from '../../adapters/aws/notifications.ts';
import { awsOrganization } from '../../adapters/aws/organization.ts';
import { awsParameters } from '../../adapters/aws/parameters.ts';
import { awsPlanStore } from '../../adapters/aws/plan-store.ts';
import { awsStacks } from '../../adapters/aws/stacks.ts';
import { awsSessions } from '../../adapters/aws/sessions.ts';
import { systemClock } from '../../adapters/aws/clock.ts';
import { surroundings, variable } from '../../handlers/runtime/environment.ts';
import { withVirtualClock, type VirtualClock } from '../../rehearsal/clock/virtual-clock.ts';
import { loadDeployment } from '../../rehearsal/definitions/load-deployment.ts';
import { EventLog } from '../../rehearsal/event-log.ts';
import { Run } from '../../rehearsal/run/run.ts';
import { rehearsalConfiguration } from '../../rehearsal/run/rehearsal-configuration.ts';
import { loadScenario } from '../../rehearsal/scenario/load-scenario.ts';
import { scenarioOf } from '../../rehearsal/scenario/parse-scenario.ts';
import rollout from '../../rollout.config.ts';
import { createConsole } from '../app.ts';
import { byBearerToken } from '../auth/bearer-token.ts';
import { sealer } from '../auth/sealed.ts';
import { groupsNamed, sessions } from '../auth/session.ts';
import type { ConsolePorts } from '../ports.ts';
import { localPolicy } from './configuration.ts';
import { localExtras } from './extras.ts';
import { byLocalSignature } from './signature.ts';
import type { WorldReady, WorldRequest, WorldResponse, WorldSettings } from './world-messages.ts';

/**
 * The thread in which the rehearsal's world lives, with the console's app beside it: here `Date` and the timers are
 * virtual and run at the speed asked for, while the thread of the server keeps real time.
 */
const settings = workerData as WorldSettings;

/** Real time: `performance` is never virtual. */
const realNow = (): Date => new Date(performance.timeOrigin + performance.now());
const { setTimeout: realTimeout } = globalThis;

const scenarioFrom = ({ scenario: name, stacks }: WorldSettings) => {
  const shipped = loadScenario(name);
  return scenarioOf(
    {
      ...shipped,
      // People decide here, not the scenario.
      approval: { ...shipped.approval, decision: 'ignore' },
      fleet: { ...shipped.fleet, ...(stacks === null ? {} : { stacks }) },
      policy: { ...shipped.policy, ...localPolicy(settings.issuer) },
    },
    name,
  );
};

/** Lets virtual time follow real time, so many times as fast. */
const follow = async (clock: VirtualClock): Promise<never> => {
  let last = performance.now();
  for (;;) {
    await new Promise((resolve) => realTimeout(resolve, 20));
    const now = performance.now();
    await clock.advance(Math.max(1, Math.round((now - last) * settings.speed)));
    last = now;
  }
};

const answer = async (app: ReturnType<typeof createConsole>, request: WorldRequest): Promise<void> => {
  const { id, method, url, headers, body } = request;
  const response = await app.fetch(
    new Request(url, { method, headers: headers.map(([name, value]) => [name, value] as [string, string]), body }),
  );
  const message: WorldResponse = {
    kind: 'response',
    id,
    status: response.status,
    headers: [...response.headers],
    body: response.body,
  };
  parentPort?.postMessage(message, response.body === null ? [] : [response.body]);
};

const live = async (clock: VirtualClock): Promise<never> => {
  const scenario = scenarioFrom(settings);
  const configuration = rehearsalConfiguration(rollout, scenario);
  const release = clock.hold();
  const { deployment } = await loadDeployment(configuration);
  const run = new Run({ scenario, configuration, deployment, log: new EventLog(null), clock });
  release();
  await run.open();
  const accounts = awsSessions(configuration.hub, () => configuration.targets);
  const ports: ConsolePorts = {
    table: run.table,
    clock: systemClock,
    configuration: () => configuration,
    executions: awsExecutions(accounts),
    forwarding: awsForwarding(accounts),
    functions: awsFunctions(accounts),
    groups: awsGroups(accounts),
    images: awsImages(accounts),
    notifications: awsNotifications(accounts, variable('TOPIC_ARN')),
    organization: awsOrganization(accounts),
    parameters: awsParameters(accounts),
    planStore: awsPlanStore(accounts, variable('PLAN_BUCKET')),
    stacks: awsStacks(accounts),
    // The run has set the variables that handlers read it from.
    surroundings,
  };
  const { oidc } = configuration.console;
  if (oidc === null) throw new Error('the local configuration has no identity provider');
  const app = createConsole({
    ports,
    people: byBearerToken({ oidc, keys: createLocalJWKSet(settings.keys as JSONWebKeySet), now: realNow }),
    machines: byLocalSignature(realNow),
    pages: {
      sessions: sessions(
        sealer(() => Promise.resolve(settings.secret), realNow),
        () => groupsNamed(configuration),
      ),
      provider: null,
      extras: localExtras(run.scenarioWorld),
    },
    onError: (error, path) => console.error(`${path}: ${error.stack ?? error.message}`),
  });
  parentPort?.on('message', (request: WorldRequest) => void answer(app, request));
  const ready: WorldReady = {
    kind: 'ready',
    images: Object.fromEntries(run.scenarioWorld.images.new),
    stacks: run.scenarioWorld.world.stacks.length,
  };
  parentPort?.postMessage(ready);
  return follow(clock);
};

// It may stay open for as long as somebody likes.
await withVirtualClock(realNow().toISOString(), live, { maxDays: 36_500 });
