import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { stackTags } from '../../domain/words.ts';
import { targetActions } from '../../infra/rights/target-actions.ts';
import { rehearsalConfiguration } from '../../rehearsal/run/rehearsal-configuration.ts';
import { loadScenario } from '../../rehearsal/scenario/load-scenario.ts';
import configuration from '../../rollout.config.ts';
import { modelFolder } from '../validity/service-model.ts';
import { keepResult } from '../assurance/keep-result.ts';
import { deployedRights, type DeployedRights } from './deployed-roles.ts';
import { examples } from './downstream-calls.ts';
import { evaluate } from './evaluate.ts';
import { downstreamRequest, type AuthorizationRequest } from './requests.ts';
import { explainedSurplus, surplusRights } from './surplus.ts';
import { runAllScenarios, type AllScenarios, type Asked } from './all-scenarios.ts';

const familyTag = `aws:ResourceTag/${stackTags.family}`;
const member = '100000000001';

let all: AllScenarios;
let asked: readonly Asked[];
let rights: DeployedRights;

const of = (action: string): readonly AuthorizationRequest[] =>
  asked.map(({ request }) => request).filter((request) => request.action === action);

/** The answers that are not as expected, each told so that a person can see who asked for what. */
const answersOtherThan = async (expected: readonly string[], requests: readonly AuthorizationRequest[]) => {
  const told: string[] = [];
  for (const request of requests) {
    const answer = await evaluate(request);
    if (!expected.includes(answer)) told.push(`${answer}: ${request.principal} ${request.action} ${request.resource}`);
  }
  return told;
};
const denied = ['ImplicitlyDenied', 'ExplicitlyDenied'];

beforeAll(async () => {
  all = await runAllScenarios();
  ({ asked } = all);
  rights = deployedRights(rehearsalConfiguration(configuration, loadScenario('canary-breaks')));
}, 900_000);

const whyUnvisited = () =>
  parse(readFileSync(new URL('unvisited.yaml', import.meta.url), 'utf8')) as Record<string, string>;

// What npm run assurance tells of this file.
afterAll(async () => {
  const refused = await answersOtherThan(
    ['Allowed'],
    asked.map(({ request }) => request),
  );
  const { coverage } = all;
  const unvisited = whyUnvisited();
  keepResult('scenarios', {
    scenarios: all.scenarios,
    breakdowns: all.breakdowns.length,
    places: coverage.size,
    visited: coverage.size - coverage.missing.length,
    unvisited: coverage.missing.map((place) => ({ place, because: unvisited[place]?.trim() ?? '' })),
    calls: all.calls,
    questions: asked.length,
    allowed: asked.length - refused.length,
    actions: new Set(asked.map(({ request }) => request.action)).size,
    surplus: explainedSurplus().reasons,
  });
}, 120_000);

// In this file because it runs all scenarios anyway, and that takes its time.
describe('the machines as deployed', () => {
  it('are visited in every state and by every Catch, but for those that nothing can lead to', () => {
    const unvisited = whyUnvisited();
    expect(all.coverage.size).toBeGreaterThan(150);
    expect(all.coverage.missing).toEqual(Object.keys(unvisited).sort());
  });

  it('end as they should, by all the rules, when a task of theirs breaks down for good', () => {
    expect(all.breakdowns.length).toBeGreaterThan(50);
    for (const { name, outcome, expected, violations } of all.breakdowns)
      expect({ name, outcome, violations }).toEqual({ name, outcome: expected, violations: [] });
  });
});

describe('task tokens and credentials', () => {
  it('are in no log, metric, message, event, document, answer, page, error or history of any scenario', () => {
    expect([...all.secrets.found]).toEqual([]);
    for (const place of ['log line', 'metric', 'request', 'answer', 'state data', 'step'] as const)
      expect({ place, often: (all.secrets.looked.get(place) ?? 0) > 1_000 }).toEqual({ place, often: true });
    expect(all.secrets.looked.get('error')).toBeGreaterThan(0);
  });
});

describe('requests and answers, beside the models that the services publish', () => {
  (modelFolder === null ? it.skip : it)('have every required member, and nothing that a service does not know', () => {
    expect([...(all.validity?.problems ?? [])].sort()).toEqual([]);
    expect(all.validity?.requests).toBeGreaterThan(10_000);
    expect(all.validity?.answers).toBeGreaterThan(10_000);
  });
});

describe('the roles as deployed', () => {
  it('allow every call that a handler makes in any scenario', async () => {
    expect(asked.length).toBeGreaterThan(400);
    expect(
      await answersOtherThan(
        ['Allowed'],
        asked.map(({ request }) => request),
      ),
    ).toEqual([]);
  }, 120_000);

  it('allow nothing that nobody uses, but for what is explained', () => {
    const downstream = examples().flatMap(({ actions }) => actions);
    const surplus = surplusRights(rights, asked, downstream, member);
    expect(surplus).toEqual(explainedSurplus().rights);
  });

  it('deny every handler what only other handlers do', async () => {
    const hubCalls = new Map(
      asked.map(({ request }) => [`${request.action} ${request.resource.split(':')[5] ?? ''}`, request]),
    );
    const refused: AuthorizationRequest[] = [];
    for (const role of rights.handlers.values()) {
      const own = new Set(
        role.policies.flatMap(({ policy }) => policy.Statement.flatMap(({ Action }) => [Action].flat())),
      );
      for (const request of hubCalls.values())
        if (!own.has(request.action))
          // The trust of a member's role lets handlers in; that alone must not do.
          refused.push({
            ...request,
            principal: role.arn,
            policies: role.policies,
            context: { ...request.context, 'aws:PrincipalArn': role.arn },
          });
    }
    expect(refused.length).toBeGreaterThan(1_000);
    expect(await answersOtherThan(denied, refused)).toEqual([]);
  }, 600_000);

  it.each([
    'cloudformation:UpdateStack',
    'cloudformation:CreateChangeSet',
    'cloudformation:DescribeChangeSet',
    'cloudformation:DeleteChangeSet',
    'cloudformation:ContinueUpdateRollback',
    'cloudformation:GetTemplate',
    'autoscaling:StartInstanceRefresh',
  ])('deny %s on a stack or group that has not opted in', async (action) => {
    const requests = of(action);
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.every(({ context }) => familyTag in context)).toBe(true);
    const untagged = requests.map((request) => ({
      ...request,
      context: Object.fromEntries(Object.entries(request.context).filter(([key]) => key !== familyTag)),
    }));
    expect(await answersOtherThan(denied, untagged)).toEqual([]);
  });

  it('deny a session in a member account what it could do in another', async () => {
    const others = of('cloudformation:UpdateStack').map((request) => ({
      ...request,
      resource: request.resource.replace(/:\d{12}:/, ':999999999999:'),
      account: '999999999999',
    }));
    expect(others.length).toBeGreaterThan(0);
    expect(await answersOtherThan(denied, others)).toEqual([]);
  });

  it('let nobody into a member account who has not the external id, or is no handler', async () => {
    const [entering] = of('sts:AssumeRole');
    expect(entering).toBeDefined();
    if (entering === undefined) return;
    const { 'sts:ExternalId': _, ...withoutId } = entering.context;
    expect(await evaluate({ ...entering, context: withoutId })).toMatch(/Denied$/);
    expect(await evaluate({ ...entering, context: { ...entering.context, 'sts:ExternalId': 'guessed' } })).toMatch(
      /Denied$/,
    );
    const stranger = `arn:aws:iam::${rights.hub.account}:role/somebody`;
    expect(
      await evaluate({
        ...entering,
        principal: stranger,
        context: { ...entering.context, 'aws:PrincipalArn': stranger },
      }),
    ).toMatch(/Denied$/);
  });
});

describe.each(examples())('CloudFormation in the name of its caller, for examples/stacks/$file', ({ actions }) => {
  it('may do what a new image takes', async () => {
    const role = rights.spoke(member);
    const requests = actions.map((action) => downstreamRequest(role, action, { account: member, region: 'eu-west-1' }));
    expect(await answersOtherThan(['Allowed'], requests)).toEqual([]);
  });

  it('may do it only by way of CloudFormation', async () => {
    const role = rights.spoke(member);
    // The product itself calls these, too.
    const own = new Set<string>(
      Object.values(targetActions).flatMap((calls) => Object.values<readonly string[]>(calls).flat()),
    );
    const direct = actions
      .filter((action) => !own.has(action))
      .map((action) => {
        const request = downstreamRequest(role, action, { account: member, region: 'eu-west-1' });
        const { 'aws:CalledVia': _, ...context } = request.context;
        return { ...request, context };
      });
    expect(await answersOtherThan(denied, direct)).toEqual([]);
  });
});
