import { AccountPrincipal, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import { gateArns } from '../gate-arns.ts';
import type { HandlerFunction } from './handler-function.ts';

export interface GateAnswersProps {
  readonly configuration: Configuration;
  readonly answer: HandlerFunction;
}

/** The account in an ARN. */
const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

/**
 * How a custom gate answers later: it invokes one function with the id that it was called with. The policy lets a role
 * of the hub's account do so; accounts of other gates are let in by the function itself.
 */
export class GateAnswers extends Construct {
  readonly policy: ManagedPolicy;

  constructor(scope: Construct, id: string, { configuration, answer }: GateAnswersProps) {
    super(scope, id);
    this.policy = new ManagedPolicy(this, 'Answerer', {
      description: 'Lets custom gates of ami-rollout answer later',
      statements: [new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [answer.functionArn] })],
    });
    const accounts = new Set(gateArns(configuration, 'function', 'stateMachine').map(accountOf));
    accounts.delete(configuration.hub.account);
    for (const account of accounts)
      answer.addPermission(`From${account}`, {
        principal: new AccountPrincipal(account),
        action: 'lambda:InvokeFunction',
      });
  }
}
