import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
  type IChainable,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Workflow } from '../../statemachines/typed/index.ts';
import type { MachineName } from '../names.ts';
import { acknowledge, acknowledgeWildcards } from './acknowledge.ts';
import type { HandlerFunctions } from './handler-functions.ts';

export interface MachineProps {
  readonly name: MachineName;
  readonly functions: HandlerFunctions;
  readonly build: (workflow: Workflow) => IChainable;
  readonly logDays: number;
}

/**
 * One of the two state machines. It logs failures only and never execution data: the data of a waiting task holds its
 * token, and whoever has the token can complete the task.
 */
export class Machine extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { name, functions, build, logDays }: MachineProps) {
    super(scope, id);
    const start = build({ scope: this, functionFor: (contract) => functions.functionFor(contract) });
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: name,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromChainable(start),
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Log', {
          // Names with this prefix share one resource policy; others count against the account's limit of ten.
          logGroupName: `/aws/vendedlogs/states/${name}`,
          retention: logDays as RetentionDays,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ERROR,
        includeExecutionData: false,
      },
    });
    this.#acknowledge(functions, name);
  }

  #acknowledge(functions: HandlerFunctions, name: MachineName): void {
    acknowledge(this.machine, 'SF1', 'Level ALL logs the input of tasks, and with it their tokens.');
    acknowledgeWildcards(this, ['*'], 'Log delivery and X-Ray know no resources.');
    void functions;
    void name;
    void Stack;
  }
}
