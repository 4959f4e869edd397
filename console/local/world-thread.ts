import { parentPort, workerData } from 'node:worker_threads';
import { createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { withVirtualClock, type VirtualClock } from '../../rehearsal/clock/virtual-clock.ts';
import { rehearsalConfiguration } from '../../rehearsal/run/rehearsal-configuration.ts';
import { loadScenario } from '../../rehearsal/scenario/load-scenario.ts';
import { scenarioOf } from '../../rehearsal/scenario/parse-scenario.ts';
import rollout from '../../rollout.config.ts';
import type { createConsole } from '../app.ts';
import { byBearerToken } from '../auth/bearer-token.ts';
import { sealer } from '../auth/sealed.ts';
import { groupsNamed, sessions } from '../auth/session.ts';
import { localPolicy } from './configuration.ts';
import { fileOf, forgetWorld, Keeper, readWorld } from './kept-world.ts';
import { openConsole } from './open-console.ts';
import { byLocalSignature } from './signature.ts';
import type {
  WorldClose,
  WorldClosed,
  WorldReady,
  WorldRequest,
  WorldResponse,
  WorldSettings,
} from './world-messages.ts';

/**
 * The thread in which the rehearsal's world lives, with the console's app beside it: here `Date` and the timers are
 * virtual and run at the speed asked for, while the thread of the server keeps real time.
 */
const settings = workerData as WorldSettings;

/** Real time: `performance` is never virtual. */
const realNow = (): Date => new Date(performance.timeOrigin + performance.now());
const { setTimeout: realTimeout } = globalThis;

const { scenario: scenarioName, stacks } = settings;
const shipped = loadScenario(scenarioName);
const ofThisSize = scenarioOf(
  {
    ...shipped,
    // People decide here, not the scenario.
    approval: { ...shipped.approval, decision: 'ignore' },
    fleet: { ...shipped.fleet, ...(stacks === null ? {} : { stacks }) },
  },
  scenarioName,
);
const scenario = scenarioOf(
  { ...ofThisSize, policy: { ...shipped.policy, ...localPolicy(settings.issuer) } },
  scenarioName,
);

const file = settings.data === null ? null : fileOf(settings.data, ofThisSize);
if (file !== null && settings.fresh) forgetWorld(file);
const kept = file === null ? undefined : readWorld(file);

/** Set when the world is to end. */
let closing = false;

/** Lets virtual time follow real time, so many times as fast. */
const follow = async (clock: VirtualClock, keeper: Keeper | null): Promise<void> => {
  let last = performance.now();
  for (;;) {
    await new Promise((resolve) => realTimeout(resolve, 20));
    const now = performance.now();
    await clock.advance(Math.max(1, Math.round((now - last) * settings.speed)));
    last = now;
    if (closing) break;
    keeper?.keep();
  }
  keeper?.keepNow();
  const closed: WorldClosed = { kind: 'closed' };
  parentPort?.postMessage(closed);
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

const live = async (clock: VirtualClock): Promise<void> => {
  const configuration = rehearsalConfiguration(rollout, scenario);
  const { oidc } = configuration.console;
  if (oidc === null) throw new Error('the local configuration has no identity provider');
  const { run, app } = await openConsole({
    scenario,
    configuration,
    clock,
    goesOn: kept,
    people: byBearerToken({ oidc, keys: createLocalJWKSet(settings.keys as JSONWebKeySet), now: realNow }),
    machines: byLocalSignature(realNow),
    sessions: sessions(
      sealer(() => Promise.resolve(settings.secret), realNow),
      () => groupsNamed(configuration),
    ),
  });
  parentPort?.on('message', (message: WorldRequest | WorldClose) => {
    if (message.kind === 'close') closing = true;
    else void answer(app, message);
  });
  const ready: WorldReady = {
    kind: 'ready',
    images: Object.fromEntries(run.scenarioWorld.images.new),
    later: Object.fromEntries(run.scenarioWorld.images.later),
    stacks: run.scenarioWorld.world.stacks.length,
    file,
    goesOn: kept !== undefined,
  };
  parentPort?.postMessage(ready);
  return follow(clock, file === null ? null : new Keeper(file, run, () => realNow().getTime()));
};

// It may stay open for as long as somebody likes.
// Its time runs ahead of ours, and never goes back.
const startsAt = new Date(Math.max(realNow().getTime(), kept?.at ?? 0)).toISOString();
await withVirtualClock(startsAt, live, { maxDays: 36_500 });
