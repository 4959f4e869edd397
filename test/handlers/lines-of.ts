import { jest } from '@jest/globals';

/** Runs the work and gives everything that was written to the process's output meanwhile. */
export const linesOf = async (
  work: () => Promise<unknown>,
): Promise<{ readonly text: string; readonly error: unknown }> => {
  let text = '';
  const note = (chunk: unknown): boolean => {
    text += String(chunk);
    return true;
  };
  const spies = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockImplementation(note));
  try {
    await work();
    return { text, error: undefined };
  } catch (error) {
    return { text, error };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};

/** The structured lines among them. */
export const logged = (text: string): readonly Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
