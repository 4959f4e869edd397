import { inspectTemplate } from '../template/inspect.ts';
import { parseTemplate } from '../template/parse.ts';
import type { Inspection } from '../template/inspection.ts';
import type { Reader, Replacement } from '../words.ts';

// Fleets share templates: the same text is parsed once in the life of a container.
const known = new Map<string, Inspection>();
const most = 200;

/** What the template says about its image parameter and about how an update replaces instances. */
export const inspectionOf = (templateText: string, parameter: string, readBy: Reader | null): Inspection => {
  const key = `${parameter} ${readBy ?? ''}\n${templateText}`;
  const before = known.get(key);
  if (before) return before;
  const inspection = inspectTemplate(parseTemplate(templateText), { parameter, readBy });
  if (known.size >= most) known.clear();
  known.set(key, inspection);
  return inspection;
};

/** How an update of the image replaces the instances: `none` as soon as one group needs a refresh after it. */
export const replacementOf = ({ groups }: Pick<Inspection, 'groups'>, parameter: string): Replacement => {
  const own = groups.filter(({ parameters }) => parameters.includes(parameter));
  return own.some(({ replacement }) => replacement === 'none') ? 'none' : (own[0]?.replacement ?? 'none');
};
