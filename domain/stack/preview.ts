import { PreviewNotReady, PreviewRefused } from '../errors.ts';
import type { Ports } from '../ports/index.ts';
import type { ChangeSet, StackUpdate } from '../ports/stacks.ts';
import type { StackRecord } from '../records/stack-record.ts';
import { pace } from '../store/pace.ts';
import { changeStack, getStackRecord } from '../store/stack-records.ts';
import { judgePreview } from './judge-preview.ts';

type Needs = Pick<Ports, 'table' | 'clock' | 'stacks'>;

/** Pauses between looks, in milliseconds: most change sets are ready within seconds, and the others are left to a retry. */
const pauses = [1000, 2000, 3000, 4000, 5000, 5000] as const;

/** A change set that takes longer is given up. The machine's retries see a pending one for longer than this. */
const mostSeconds = 120;

const wait = async ({ stacks, clock }: Needs, record: StackRecord, name: string): Promise<ChangeSet> => {
  let seen = await stacks.changeSet(record, record.stackId, name);
  for (const pause of pauses) {
    if (seen.state !== 'pending') return seen;
    await clock.sleep(pause);
    seen = await stacks.changeSet(record, record.stackId, name);
  }
  return seen;
};

/** Notes what the preview has shown; the evidence names every resource that would change. */
const note = async (ports: Needs, of: StackRecord, what: string, why: string, seen: ChangeSet): Promise<void> => {
  const record = await getStackRecord(ports, of);
  const changes = seen.state === 'ready' ? seen.content.changes : [];
  const evidence = {
    state: seen.state,
    changes: changes.map(
      ({ logicalId, type, action, replacement }) => `${action} ${logicalId} (${type}), replacement ${replacement}`,
    ),
  };
  await changeStack(ports, record, {}, { who: 'Apply Image', what, why, evidence });
};

const judge = async (ports: Needs, record: StackRecord, seen: ChangeSet): Promise<void> => {
  const refuse = async (why: string): Promise<never> => {
    await note(ports, record, 'preview refused', why, seen);
    throw new PreviewRefused(`${record.stackName} was not updated: ${why}`);
  };
  switch (seen.state) {
    case 'pending':
      return refuse(
        `CloudFormation has not finished the change set in ${mostSeconds} seconds; make one by hand to see what holds it up`,
      );
    case 'failed':
      return refuse(`CloudFormation could not make a change set: ${seen.reason}`);
    case 'empty':
      return note(ports, record, 'preview accepted', 'the update would change nothing', seen);
    case 'obsolete':
      throw new PreviewNotReady(`the change set of ${record.stackName} is no longer valid: a new one is needed`);
    case 'ready': {
      const reasons = judgePreview(seen.content, record);
      if (reasons.length === 0)
        return note(ports, record, 'preview accepted', 'only the image and what follows from it would change', seen);
      return refuse(
        `more than the image would change: ${reasons.join('; ')}. Bring that about by an update of your own first, or take the stack out`,
      );
    }
  }
};

/**
 * Has CloudFormation say, by a change set of exactly this update, what it would do, and throws PreviewRefused unless that
 * is the image and what follows from it. The change set is deleted whatever comes of it; only one that is still being made
 * is left for the retry, which finds it by its name.
 */
export const preview = async (ports: Needs, of: StackRecord, update: StackUpdate): Promise<void> => {
  const name = update.requestToken;
  await pace(ports, of, 'preview');
  const record = await getStackRecord(ports, of);
  await changeStack(
    ports,
    record,
    {},
    { who: 'Apply Image', what: 'preview', why: 'see what the update would change', evidence: { changeSet: name } },
  );
  await ports.stacks.createChangeSet(record, update);
  let isLeft = false;
  try {
    const seen = await wait(ports, record, name);
    const age = seen.state === 'pending' ? ports.clock.now().getTime() - seen.createdAt.getTime() : 0;
    if (seen.state === 'pending' && age < mostSeconds * 1000) {
      isLeft = true;
      throw new PreviewNotReady(`CloudFormation is still making the change set ${name} of ${record.stackName}`);
    }
    await judge(ports, record, seen);
  } finally {
    if (!isLeft) await ports.stacks.deleteChangeSet(record, record.stackId, name);
  }
};
