import { begin, type BeginPorts, type Request, type StartAnswer } from '../operating/begin.ts';
import { notDesignated } from './why-no-drill.ts';

/** The fields of a drill, as the console of Step Functions takes them too. */
export interface DrillInput {
  /** Name of the stack; may be left out where only one is designated. */
  readonly stack?: string | undefined;
  /** Default: the newest one that the stack is not on. */
  readonly imageId?: string | undefined;
  readonly region?: string | undefined;
  readonly reason?: string | undefined;
}

/** A name of an execution has room for so many characters of the stack's. */
const longestName = 40;

/** Starts a drill for somebody who has signed in; a stack that is not designated is refused before anything is started. */
export const startDrill =
  (ports: BeginPorts) =>
  async ({ caller, key, input }: Request<DrillInput>): Promise<StartAnswer | { readonly refused: string }> => {
    const { drill } = ports.configuration();
    const { stack, ...rest } = input;
    const only = drill.stacks.length === 1 ? drill.stacks[0]?.name : undefined;
    const name = stack ?? only;
    if (name === undefined)
      return {
        refused:
          drill.stacks.length === 0
            ? 'no stack is designated for drills: name one of staging in drill.stacks of the configuration'
            : `stack must be given: drill.stacks names ${drill.stacks.map((one) => one.name).join(', ')}`,
      };
    if (!drill.stacks.some((one) => one.name === name)) return { refused: notDesignated(name, drill) };
    return begin(ports, `drill-${name.slice(0, longestName)}`, { caller, key, input: { drill: name, ...rest } });
  };
