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
import { acknowledge, acknowledgePolicies } from './acknowledge.ts';
import type { HandlerFunctions } from './handler-functions.ts';
import { ProductLog } from './product-log.ts';

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
export class Machine extends StateMachine {
  constructor(scope: Construct, id: string, { name, functions, build, logDays }: MachineProps) {
    const states = new Construct(scope, `${id}States`);
    const start = build({ scope: states, functionFor: (contract) => functions.functionFor(contract) });
    super(scope, id, {
      stateMachineName: name,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromChainable(start),
      tracingEnabled: true,
      logs: {
        // Names with this prefix share one resource policy; others count against the account's limit of ten.
        destination: new ProductLog(scope, `${id}Log`, `/aws/vendedlogs/states/${name}`, logDays),
        level: LogLevel.ERROR,
        includeExecutionData: false,
      },
    });
    acknowledge(this, 'SF1', 'Level ALL logs the input of tasks, and with it their tokens.');
    acknowledgePolicies(this, {
      '*': 'Log delivery and X-Ray know no resources.',
      reference: 'A function that the machine calls, in whichever version.',
      s3: 'Items and results of the maps: each campaign writes objects of its own.',
      states: 'The children of its own maps have generated names.',
    });
  }
}
