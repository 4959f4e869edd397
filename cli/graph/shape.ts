import type { AslState } from '../../domain/machine/asl.ts';

/** A text as Mermaid wants it. */
export const quoted = (text: string): string => `"${text.replaceAll('"', '#quot;')}"`;

const minutes = (seconds: number): string => (seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`);

/** Mermaid's shape for a kind of state. */
export const shapeOf = (name: string, { Type, Seconds, Resource }: AslState): string => {
  switch (Type) {
    case 'Choice':
      return `{${quoted(name)}}`;
    case 'Wait':
      return `([${quoted(Seconds === undefined ? name : `${name}<br/>${minutes(Seconds)}`)}])`;
    case 'Succeed':
      return `([${quoted(name)}]):::ended`;
    case 'Fail':
      return `([${quoted(name)}]):::failed`;
    case 'Pass':
      return `[/${quoted(name)}/]`;
    default:
      return Resource?.endsWith('.waitForTaskToken') === true ? `{{${quoted(name)}}}` : `[${quoted(name)}]`;
  }
};

/** How ends are told apart: by their frames. */
export const endStyles = [
  'classDef ended stroke:#2e7d32,stroke-width:3px',
  'classDef failed stroke:#c62828,stroke-width:3px',
] as const;
