import { stackTags } from '../words.ts';
import type { ImageParameter } from './inspection.ts';
import { couldBe } from './launch-reference.ts';

/** The image parameter to set, or why that is open. */
export interface ParameterChoice {
  readonly chosen: ImageParameter | null;
  readonly reasons: readonly string[];
}

/** Takes the only image parameter, or the one asked for; never guesses between several. */
export const chooseParameter = (among: readonly ImageParameter[], asked: string | undefined): ParameterChoice => {
  const names = among.map(({ name }) => name).join(', ');
  if (asked !== undefined) {
    const chosen =
      among.find(({ name }) => name === asked) ??
      among.find(({ name }) => name.includes('*') && couldBe(name, asked)) ??
      null;
    if (chosen) return { chosen, reasons: [] };
    const instead = among.length > 0 ? `choose one of ${names}` : 'the template has none';
    return { chosen, reasons: [`${asked} is not an image parameter of the template: ${instead}.`] };
  }
  const [only = null] = among;
  if (among.length <= 1) return { chosen: only, reasons: [] };
  return {
    chosen: null,
    reasons: [`The template has several image parameters (${names}): choose one with the tag ${stackTags.parameter}.`],
  };
};
