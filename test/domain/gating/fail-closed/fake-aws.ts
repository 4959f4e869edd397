import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { Inspector2Client } from '@aws-sdk/client-inspector2';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { faultIn, sitesOf, type Fault, type Site } from './faults.ts';

export type Input = Readonly<Record<string, unknown>>;
/** What AWS says to each operation while nothing is wrong. */
export type Answers = Readonly<Record<string, (input: Input, region: string) => unknown>>;

interface Client {
  readonly config: { readonly region: () => Promise<string> };
}
interface Command {
  readonly constructor: { readonly name: string };
  readonly input: Input;
}
type Send = (this: Client, command: Command) => Promise<unknown>;

const prototypes = (): Set<{ send: Send }> =>
  new Set(
    [CloudWatchClient, EC2Client, Inspector2Client, KMSClient, LambdaClient, SFNClient, SSMClient].map(
      (client) => Object.getPrototypeOf(client.prototype) as { send: Send },
    ),
  );

/** What one run of a gate has asked, and what was wrong with the answers that it got. */
export interface Talk {
  answers: Answers;
  faults: readonly Fault[];
  /** Faults that have changed an answer. */
  readonly struck: Set<Fault>;
  /** Every place in every answer, where a fault could strike. */
  readonly sites: Site[];
  readonly counts: Map<string, number>;
  readonly asked: { readonly operation: string; readonly input: Input }[];
}

export const newTalk = (answers: Answers, faults: readonly Fault[] = []): Talk => ({
  answers,
  faults,
  struck: new Set(),
  sites: [],
  asked: [],
  counts: new Map(),
});

/** Answers every SDK client of this process, below `client.send`, from the talk at hand; gives what takes it away. */
export const fakeAws = (talk: () => Talk): (() => void) => {
  const patched = [...prototypes()].map((prototype) => {
    const original: Send = Reflect.get<{ send: Send }, 'send'>(prototype, 'send');
    prototype.send = async function ({ constructor, input }) {
      const { answers, faults, struck, sites, asked, counts } = talk();
      const operation = constructor.name.replace(/Command$/, '');
      const nth = counts.get(operation) ?? 0;
      counts.set(operation, nth + 1);
      asked.push({ operation, input });
      const answer = answers[operation];
      if (!answer) throw new Error(`the gates are not known to call ${operation}`);
      let given: unknown = answer(input, await this.config.region());
      sites.push(...sitesOf(operation, nth, given));
      for (const fault of faults) {
        if (fault.operation !== operation || !(fault.nth === nth || (fault.always && fault.nth < nth))) continue;
        const changed = faultIn(given, fault);
        if (!changed) continue;
        struck.add(fault);
        if (changed.refusal) throw changed.refusal;
        given = changed.answer;
      }
      return given;
    };
    return () => {
      prototype.send = original;
    };
  });
  return () => {
    for (const undo of patched) undo();
  };
};
