import type { Construct } from 'constructs';
import type { CustomGate } from '../../domain/configuration.ts';
import type { Uses } from '../handlers.ts';
import { functionArn } from '../names.ts';
import type { Right } from './right.ts';

/** Calling functions: waking a claim that waits, and the gates that the configuration names. */
export const functionRights = (
  scope: Construct,
  uses: Uses['functions'] = [],
  gates: readonly CustomGate[],
): readonly Right[] => {
  const called = [
    ...(uses.includes('queue') ? [functionArn(scope, 'claim-stack')] : []),
    ...(uses.includes('call') ? gates.map((gate) => gate.functionArn) : []),
  ];
  return called.length === 0 ? [] : [{ actions: ['lambda:InvokeFunction'], resources: called }];
};
