import { NotSignedIn } from '../../console/auth/identify.ts';
import type { Sessions } from '../../console/auth/session.ts';
import { localPolicy } from '../../console/local/configuration.ts';
import { openConsole } from '../../console/local/open-console.ts';
import { withVirtualClock } from '../../rehearsal/clock/virtual-clock.ts';
import { rehearsalConfiguration } from '../../rehearsal/run/rehearsal-configuration.ts';
import { scenarioOf } from '../../rehearsal/scenario/parse-scenario.ts';
import rollout from '../../rollout.config.ts';

/** Nothing is served there: the browser is given what the app has answered. */
export const origin = 'http://127.0.0.1:8080';

/** The pages over a rehearsal whose time goes on only when it is told to: the same doings show the same pages. */
export interface Stage {
  /** The new image in the hub's region. */
  readonly image: string;
  readonly get: (who: string, path: string) => Promise<string>;
  /** Sends a form; gives where it leads, or the page that it answers. */
  readonly post: (who: string, path: string, fields: Readonly<Record<string, string>>) => Promise<string>;
  readonly pass: (minutes: number) => Promise<void>;
  /** Lets time pass until the page at the path shows the text. */
  readonly until: (path: string, text: string, mostHours?: number) => Promise<string>;
  /** Names of stacks in the world, in order. */
  readonly stacks: readonly string[];
}

const startsAt = '2026-11-03T08:00:00.000Z';
const csrf = 'the-word-of-this-session';
const whoHeader = 'x-who';

/** Whoever the request names has signed in: real cookies are opened in real time, in which the clock would run away. */
const sessions: Sessions = {
  find: (c) => {
    const subject = c.req.header(whoHeader) ?? '';
    return Promise.resolve({ subject, groups: [], name: subject, csrf });
  },
  begin: () => Promise.resolve(),
  end: () => undefined,
  keepLogin: () => Promise.resolve(),
  takeLogin: () => Promise.resolve(undefined),
};

/** Opens a world of this scenario, and takes it away again. */
export const onStage = (scenario: object, play: (stage: Stage) => Promise<void>): Promise<void> => {
  const own = scenarioOf({ policy: localPolicy('http://127.0.0.1:8081'), ...scenario }, 'pictures');
  return withVirtualClock(startsAt, async (clock) => {
    const configuration = rehearsalConfiguration(rollout, own);
    const nobody = () => Promise.reject(new NotSignedIn('sign in'));
    const { run, app } = await openConsole({
      scenario: own,
      configuration,
      clock,
      people: nobody,
      machines: nobody,
      sessions,
    });
    try {
      const send = async (who: string, path: string, init: RequestInit = {}): Promise<Response> => {
        const headers = new Headers(init.headers);
        headers.set(whoHeader, who);
        const waiting: { answer?: Response } = {};
        const answering = (async () => {
          waiting.answer = await app.fetch(new Request(`${origin}${path}`, { ...init, headers }));
          return waiting.answer;
        })();
        // What is read from the table takes no time; what is asked of the simulated AWS takes as much as it needs.
        for (let turn = 1; waiting.answer === undefined; turn += 1) {
          await new Promise<void>((resolve) => setImmediate(resolve));
          if (turn % 20 === 0) await clock.advance(20);
        }
        return answering;
      };
      const get = async (who: string, path: string): Promise<string> => (await send(who, path)).text();
      const pass = (minutes: number): Promise<void> => clock.advance(minutes * 60_000);
      await play({
        image: [...run.scenarioWorld.images.new.values()][0] ?? '',
        stacks: run.scenarioWorld.world.stacks.map(({ name }) => name),
        get,
        pass,
        post: async (who, path, fields) => {
          const body = new URLSearchParams({ ...fields, csrf });
          const response = await send(who, path, {
            method: 'POST',
            body: body.toString(),
            headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
          });
          const text = await response.text();
          if (response.status >= 400)
            throw new Error(`${path}: ${response.status}: ${/class="said bad"[^>]*>([^<]*)/.exec(text)?.[1] ?? text}`);
          return response.headers.get('location') ?? text;
        },
        until: async (path, text, mostHours = 12) => {
          for (let minutes = 0; minutes < mostHours * 60; minutes += 1) {
            const page = await get('bob', path);
            if (page.includes(text)) return page;
            await pass(1);
          }
          throw new Error(`${path} does not show ${text} within ${mostHours} hours`);
        },
      });
    } finally {
      run.close();
    }
  });
};
