import { inspectTemplate } from '../template/inspect.ts';
import { parseTemplate } from '../template/parse.ts';
import type { Inspection } from '../template/inspection.ts';
import { stackTags, type Reader, type Replacement } from '../words.ts';

// Fleets share templates: the same text is parsed once in the life of a container.
const known = new Map<string, Inspection>();
const most = 200;

/** Whether the stack lets instances outside any group be replaced. */
export const allowsStandalone = (tags: Readonly<Record<string, string>>): boolean =>
  tags[stackTags.standalone] === 'replace';

/** What the template says about its image parameter and about how an update replaces instances. */
export const inspectionOf = (
  templateText: string,
  parameter: string,
  readBy: Reader | null,
  allowStandalone = false,
): Inspection => {
  const key = `${parameter} ${readBy ?? ''} ${allowStandalone}\n${templateText}`;
  const before = known.get(key);
  if (before) return before;
  const inspection = inspectTemplate(parseTemplate(templateText), { parameter, readBy, allowStandalone });
  if (known.size >= most) known.clear();
  known.set(key, inspection);
  return inspection;
};

/** How an update of the image replaces the instances: `none` as soon as one group needs a refresh after it. */
export const replacementOf = ({ groups }: Pick<Inspection, 'groups'>, parameter: string): Replacement => {
  const own = groups.filter(({ parameters }) => parameters.includes(parameter));
  return own.some(({ replacement }) => replacement === 'none') ? 'none' : (own[0]?.replacement ?? 'none');
};
