import type { Call } from '../../rehearsal/aws/call.ts';
import { shapeProblems } from './check-shape.ts';
import { serviceModel } from './service-model.ts';

/** What the SDK's models have already, and those of botocore on some machines not yet. */
const newer = {
  operations: new Set(['ec2.GetImageFindings']),
  // CloudWatch's alarms on logs.
  problem: '.AlarmTypes[N]: is none of CompositeAlarm, MetricAlarm',
};

/** Holds requests and simulated answers to the models that the services publish. */
export class Validity {
  /** Problems, each once whatever the names and numbers in it. */
  readonly problems = new Set<string>();
  /** Operations that the models here do not have. */
  readonly unknown = new Set<string>();
  requests = 0;
  answers = 0;

  request(call: Call): void {
    const shape = this.#operation(call)?.input?.shape;
    if (shape === undefined) return;
    this.requests += 1;
    this.#collect(call, 'asked', shapeProblems(serviceModel(call.service), shape, call.input, 'request'));
  }

  answer(call: Call, output: object): void {
    const shape = this.#operation(call)?.output?.shape;
    if (shape === undefined) return;
    this.answers += 1;
    this.#collect(call, 'answered', shapeProblems(serviceModel(call.service), shape, output, 'answer'));
  }

  #operation(call: Call) {
    const operation = serviceModel(call.service).operations[call.operation];
    const name = `${call.service}.${call.operation}`;
    if (operation === undefined) (newer.operations.has(name) ? this.unknown : this.problems).add(name);
    return operation;
  }

  #collect({ service, operation }: Call, what: string, problems: readonly string[]): void {
    for (const problem of problems) {
      const told = `${service}.${operation} ${what}: ${problem.replaceAll(/\d+/g, 'N')}`;
      if (!told.endsWith(newer.problem)) this.problems.add(told);
    }
  }
}
