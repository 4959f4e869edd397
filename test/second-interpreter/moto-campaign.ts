import { CreateBucketCommand, PutObjectCommand, S3Client, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  type DescribeExecutionCommandOutput,
} from '@aws-sdk/client-sfn';
import type { Table } from '../../domain/ports/table.ts';
import type { EventEnvelope, StatesHost } from '../../rehearsal/aws/host.ts';
import { interceptClients } from '../../rehearsal/aws/intercept-clients.ts';
import { s3 } from '../../rehearsal/aws/services/s3.ts';
import { SimulatedError } from '../../rehearsal/aws/simulated-error.ts';
import { loadDeployment } from '../../rehearsal/definitions/load-deployment.ts';
import { inputOf, targetsOf } from '../../rehearsal/event-bus.ts';
import { LambdaService } from '../../rehearsal/lambda-service.ts';
import { rehearsalConfiguration } from '../../rehearsal/run/rehearsal-configuration.ts';
import { enterHubEnvironment } from '../../rehearsal/run/hub-environment.ts';
import { names } from '../../rehearsal/run/names.ts';
import { recordPromotion } from '../../rehearsal/run/record-promotion.ts';
import { newRunTable } from '../../rehearsal/run/run-table.ts';
import { announceImage } from '../../rehearsal/scenario/create-images.ts';
import { createWorld, type ScenarioWorld } from '../../rehearsal/scenario/create-world.ts';
import type { Scenario } from '../../rehearsal/scenario/scenario-schema.ts';
import configuration from '../../rollout.config.ts';
import { startMotoStates } from './moto-states.ts';
import { scaleTime } from './scaled-time.ts';

/** One call of a task's handler. */
export interface Invocation {
  readonly handler: string;
  readonly payload: unknown;
}

/** A campaign's world around moto's interpreter. */
export interface MotoCampaign {
  /** The plain SDK client, as an operator's tools would use it. */
  readonly states: SFNClient;
  readonly table: Table;
  readonly scenarioWorld: ScenarioWorld;
  readonly lambda: LambdaService;
  readonly campaignMachineArn: string;
  readonly invocations: readonly Invocation[];
  /** Waits until the execution has ended and the rule on ended executions has heard of it. */
  ended(executionArn: string): Promise<DescribeExecutionCommandOutput>;
  /** The restores so far, in the order of their starts; waits for the first one where the rule has to start it. */
  restoresOf(campaign: DescribeExecutionCommandOutput): Promise<readonly string[]>;
  /** The names of the states that an execution has entered, in order. */
  statesOf(executionArn: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Virtual seconds in one real second, outside moto: its own Wait states run in real time and are shortened. */
const factor = 60;

type Definition = Record<string, unknown>;
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What moto's interpreter does not know: results written to S3, and tolerance, without which its maps succeed anyway. */
const unknownToMoto = new Set(['ResultWriter', 'ToleratedFailurePercentage']);

/** The definition as moto takes it, its waits shortened. */
const forMoto = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(forMoto);
  if (!isRecord(value)) return value;
  const fields = Object.entries(value).filter(([name]) => !unknownToMoto.has(name));
  const made: Definition = Object.fromEntries(fields.map(([name, field]) => [name, forMoto(field)]));
  // moto keeps real time: how long a wait takes that is only known while it runs cannot be scaled.
  if (made['Type'] === 'Wait' && made['SecondsPath'] !== undefined) {
    const { SecondsPath: _, ...rest } = made;
    return { ...rest, Seconds: 1 };
  }
  return made['Type'] === 'Wait' && typeof made['Seconds'] === 'number'
    ? { ...made, Seconds: Math.max(1, Math.round(made['Seconds'] / factor)) }
    : made;
};

/** A client that keeps the SDK's own `send`, whose place the simulated AWS takes for all others. */
const direct = <Client extends { send: unknown }>(client: Client): Client =>
  Object.assign(client, { send: client.send });

const asSimulated = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const { name, message } = error as Error;
    throw new SimulatedError(name, message);
  }
};

const statesHost = (states: SFNClient): StatesHost => ({
  startExecution: (input) => asSimulated(() => states.send(new StartExecutionCommand(input))),
  stopExecution: (input) => asSimulated(() => states.send(new StopExecutionCommand(input))),
  describeExecution: (input) => asSimulated(() => states.send(new DescribeExecutionCommand(input))),
  listExecutions: (input) => asSimulated(() => states.send(new ListExecutionsCommand(input))),
  sendTaskSuccess: async (input) => {
    await asSimulated(() => states.send(new SendTaskSuccessCommand(input)));
  },
  sendTaskFailure: async (input) => {
    await asSimulated(() => states.send(new SendTaskFailureCommand(input)));
  },
});

/**
 * The deployed machines on moto's interpreter, over HTTP; the real handlers behind its Lambda endpoint, in this process,
 * in a simulated AWS whose Step Functions are moto's.
 */
export const startMotoCampaign = async (
  scenario: Scenario,
  onInvocation: (invocation: Invocation) => void,
): Promise<MotoCampaign> => {
  const deployed = rehearsalConfiguration(configuration, scenario);
  const { deployment } = await loadDeployment(deployed);
  const { account, region } = deployed.hub;
  const machineArn = (name: string) => `arn:aws:states:${region}:${account}:stateMachine:${name}`;
  const invocations: Invocation[] = [];
  const table = newRunTable({ reads: 0, writes: 0 });
  const functions = deployment.functions.map((one) => ({ ...one, timeoutSeconds: one.timeoutSeconds * factor }));
  const lambda = new LambdaService(functions, {
    invoking: (handler, payload) => {
      invocations.push({ handler, payload });
      return null;
    },
    settled: () => undefined,
    invoked: (handler, payload) => onInvocation({ handler, payload }),
  });
  process.env['MOTO_ACCOUNT_ID'] = account;
  const moto = await startMotoStates((name, payload) => lambda.invoke(name, payload));
  const settings = {
    region,
    endpoint: moto.endpoint,
    credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
  };
  const states = direct(new SFNClient(settings));
  const objects = direct(new S3Client({ ...settings, forcePathStyle: true }));
  await objects.send(
    new CreateBucketCommand({
      Bucket: names.bucket,
      ...(region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region as 'eu-west-1' } }),
    }),
  );
  for (const { name, definition } of deployment.machines)
    await states.send(
      new CreateStateMachineCommand({
        name,
        definition: JSON.stringify(forMoto(definition)),
        roleArn: `arn:aws:iam::${account}:role/${name}`,
      }),
    );

  const undo = [enterHubEnvironment(deployed, machineArn, []), scaleTime(factor)];
  const deliver = (event: EventEnvelope): void => {
    for (const target of targetsOf(deployment.rules, event, account))
      lambda.queue(target.functionName, inputOf(target, event));
  };
  const scenarioWorld = createWorld(scenario, {
    emit: deliver,
    wants: (source, type) => !(source === 'aws.ec2' && type === 'EC2 AMI State Change'),
    invoke: async ({ functionName, payload }) => {
      lambda.queue(functionName, JSON.parse(payload));
      return Promise.resolve({ payload: '' });
    },
    states: statesHost(states),
  });
  const { world } = scenarioWorld;
  await recordPromotion({ table }, scenarioWorld, scenario, account);
  undo.push(interceptClients(world));
  // The maps of moto's interpreter read their items from its own S3.
  const { PutObject: put } = s3(world);
  if (put === undefined) throw new Error('the simulated S3 has no PutObject');
  world.register('s3', {
    PutObject: async (input: PutObjectCommandInput, call) => {
      await objects.send(new PutObjectCommand(input));
      return put(input as never, call);
    },
  });
  await lambda.load({ hold: () => () => undefined });

  // The image's own event starts no campaign here; its scan begins with it.
  announceImage(world, { ...scenario.image });
  const announced = new Set<string>();
  let announcing: Promise<void> = Promise.resolve();
  const statuses = setInterval(() => {
    announcing = announcing.then(announceEnds);
  }, 30_000);
  const announceEnds = async (): Promise<void> => {
    for (const name of [names.campaign, names.restore]) {
      const { executions = [] } = await states.send(new ListExecutionsCommand({ stateMachineArn: machineArn(name) }));
      for (const { executionArn = '', name: execution, status } of executions) {
        if (status === 'RUNNING' || announced.has(executionArn)) continue;
        announced.add(executionArn);
        world.publish({
          source: 'aws.states',
          'detail-type': 'Step Functions Execution Status Change',
          account,
          region,
          resources: [executionArn],
          detail: { executionArn, stateMachineArn: machineArn(name), name: execution, status },
        });
      }
    }
  };

  return {
    states,
    table,
    scenarioWorld,
    lambda,
    campaignMachineArn: machineArn(names.campaign),
    invocations,
    ended: async (executionArn) => {
      for (;;) {
        const execution = await states.send(new DescribeExecutionCommand({ executionArn }));
        if (execution.status !== 'RUNNING' && announced.has(executionArn) && !lambda.isBusy) return execution;
        await new Promise((resolve) => setTimeout(resolve, 15_000));
      }
    },
    restoresOf: async ({ status }) => {
      for (;;) {
        const { executions = [] } = await states.send(
          new ListExecutionsCommand({ stateMachineArn: machineArn(names.restore) }),
        );
        if (executions.length > 0 || status !== 'ABORTED')
          return executions.map(({ executionArn = '' }) => executionArn).reverse();
        await new Promise((resolve) => setTimeout(resolve, 15_000));
      }
    },
    statesOf: async (executionArn) => {
      const names: string[] = [];
      for (let nextToken: string | undefined; ;) {
        const page = await states.send(
          new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000, ...(nextToken && { nextToken }) }),
        );
        for (const { stateEnteredEventDetails } of page.events ?? [])
          if (stateEnteredEventDetails?.name !== undefined) names.push(stateEnteredEventDetails.name);
        if ((nextToken = page.nextToken) === undefined) return names;
      }
    },
    close: async () => {
      clearInterval(statuses);
      await announcing;
      for (const one of undo.reverse()) one();
      await moto.stop();
    },
  };
};
