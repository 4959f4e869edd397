import * as prompts from '@clack/prompts';
import { UsageError } from '../usage-error.ts';
import type { Answers } from './answers.ts';
import type { Question } from './questions.ts';

/** Asks at the terminal; what was given as an option is not asked again. */
export const ask = async (
  questions: readonly Question[],
  given: Partial<Answers>,
  file: string,
): Promise<Partial<Answers>> => {
  prompts.intro(`A configuration for ami-rollout: ${file}`);
  const answers: Partial<Record<keyof Answers, string>> = { ...given };
  for (const { name, asks, fallback, check } of questions) {
    if (answers[name] !== undefined) continue;
    const byDefault = fallback(answers);
    const answer = await prompts.text({
      message: asks,
      ...(byDefault === null || byDefault === '' ? {} : { placeholder: byDefault, defaultValue: byDefault }),
      validate: (text = '') => check(text.trim() === '' ? (byDefault ?? '') : text.trim()),
    });
    if (prompts.isCancel(answer)) {
      prompts.cancel('Nothing was written.');
      throw new UsageError('init was left before the last question');
    }
    answers[name] = answer.trim();
  }
  return answers;
};
