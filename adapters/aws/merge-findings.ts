import type { Finding } from '../../domain/ports/scans.ts';

const worstFirst: readonly Finding['severity'][] = [
  'unreadable',
  'critical',
  'high',
  'untriaged',
  'medium',
  'low',
  'informational',
];

const worse = (a: Finding['severity'], b: Finding['severity']): Finding['severity'] =>
  worstFirst.indexOf(a) <= worstFirst.indexOf(b) ? a : b;

/** The same finding in both lists: the same vulnerability of the same package, which the title names. */
const keyOf = ({ id, title }: Finding): string => `${id}#${title}`;

/** What Inspector says of a vulnerability in any package: an exploit is not the package's matter. */
const exploitsOf = (findings: readonly Finding[]): ReadonlyMap<string, boolean> => {
  const known = new Map<string, boolean>();
  for (const { id, exploitKnown } of findings)
    if (typeof exploitKnown === 'boolean') known.set(id, exploitKnown || known.get(id) === true);
  return known;
};

/**
 * One list of the findings that EC2 and Inspector give for an image. What either of them has counts, at the worse of two
 * severities; the dates and exploits are Inspector's, EC2 does not know them.
 */
export const mergeFindings = (fromEc2: readonly Finding[], fromInspector: readonly Finding[]): readonly Finding[] => {
  const detailed = new Map(fromInspector.map((finding) => [keyOf(finding), finding]));
  const exploits = exploitsOf(fromInspector);
  const merged = fromEc2.map((finding): Finding => {
    const detail = detailed.get(keyOf(finding));
    if (!detail) return { ...finding, exploitKnown: exploits.get(finding.id) ?? finding.exploitKnown ?? null };
    detailed.delete(keyOf(finding));
    return {
      ...detail,
      severity: worse(finding.severity, detail.severity),
      fixAvailable: finding.fixAvailable || detail.fixAvailable,
      observedAt: detail.observedAt ?? finding.observedAt,
    };
  });
  return [...merged, ...detailed.values()];
};
