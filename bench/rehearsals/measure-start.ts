import { HUB_ACCOUNT } from '../../rehearsal/aws/accounts.ts';
import { rehearse } from '../../rehearsal/rehearse.ts';
import type { Run } from '../../rehearsal/run/run.ts';
import { scenarioOf } from '../../rehearsal/scenario/parse-scenario.ts';
import configuration from '../../rollout.config.ts';

// Runs in a process of its own: `node bench/rehearsals/measure-start.ts SCENARIO`, the scenario as JSON. A person starts a
// campaign over HTTP while the whole fleet is there. Prints when the answer came, in virtual time, and what it said.
const scenario = scenarioOf(JSON.parse(process.argv[2] ?? '{}'), 'the bench');

/** As API Gateway hands it on once it has verified the signature. */
const request = (imageId: string, region: string) => {
  const path = '/machine/campaigns';
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: { 'content-type': 'application/json', host: 'console', 'idempotency-key': 'the-bench-starts-it' },
    requestContext: {
      authorizer: { iam: { userArn: `arn:aws:iam::${HUB_ACCOUNT}:user/${scenario.approval.by}` } },
      domainName: 'console',
      http: { method: 'POST', path },
    },
    body: JSON.stringify({ imageId, region, reason: 'the bench measures the answer' }),
    isBase64Encoded: false,
  };
};

const start = async ({ lambda, scenarioWorld }: Run) => {
  const [region] = scenario.fleet.regions;
  const before = Date.now();
  const response = await lambda.invoke(
    'ami-rollout-console',
    request(scenarioWorld.images.new.get(region) ?? '', region),
  );
  const { statusCode, body } = response as { statusCode: number; body: string };
  return { milliseconds: Date.now() - before, statusCode, answer: JSON.parse(body) as unknown };
};

let started: ReturnType<typeof start> | undefined;
await rehearse(scenario, {
  configuration,
  onRun: (run) => {
    setTimeout(() => {
      started = start(run);
    }, 1000);
  },
});
console.log(JSON.stringify(await started));
