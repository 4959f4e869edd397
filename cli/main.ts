import { createProgram } from './program.ts';
import { reportFailure } from './report-failure.ts';

/**
 * Whoever reads our output may stop reading (`| head`): that is no error, and the command goes on to its end, so that its
 * exit code and the files it writes are what they would have been.
 */
const allowClosedPipes = (): void => {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
};

/** The command line: runs the command that the arguments name and sets the process's exit code. */
export const main = async (args: readonly string[]): Promise<void> => {
  allowClosedPipes();
  try {
    await createProgram().parseAsync([...args], { from: 'user' });
  } catch (error) {
    process.exitCode = reportFailure(error, (text) => process.stderr.write(text));
  }
};
