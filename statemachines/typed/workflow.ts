import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Contract } from '../../contracts/contract.ts';

/** Where a machine is built, and which function serves a contract. */
export interface Workflow {
  readonly scope: Construct;
  functionFor(contract: Contract): IFunction;
}
