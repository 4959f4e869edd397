import { inspect } from 'node:util';
import everyOption from '../../examples/configuration/every-option.ts';
import { configurationSections, eachEntry, eachItem, type ConfigurationOption } from './configuration-options.ts';

/** All values at a path; several where it goes through lists and maps. */
const valuesAt = (value: unknown, [step, ...rest]: readonly string[]): readonly unknown[] => {
  if (step === undefined) return value === undefined ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  if (step === eachItem || step === eachEntry) return Object.values(value).flatMap((one) => valuesAt(one, rest));
  return valuesAt((value as Readonly<Record<string, unknown>>)[step], rest);
};

/** The value that examples/configuration/every-option.ts has there. */
export const exampleOf = ({ path }: ConfigurationOption): unknown => valuesAt(everyOption, path)[0];

const code = (text: string): string => `\`${text.replaceAll('|', String.raw`\|`)}\``;

const pathOf = ({ path }: ConfigurationOption): string => code(path.join('.').replaceAll(`.${eachItem}`, eachItem));

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (options: readonly ConfigurationOption[]): string =>
  [
    row(['Option', 'Value', 'Default', 'Example', 'Meaning']),
    row(['---', '---', '---', '---', '---']),
    ...options.map((option) =>
      row([
        pathOf(option),
        option.value,
        option.byDefault,
        code(inspect(exampleOf(option), { breakLength: Infinity, depth: null })),
        option.meaning,
      ]),
    ),
  ].join('\n');

const introduction = `# Configure

<!-- Written by \`npm run docs\` from the schema in infra/config/ and the examples in examples/configuration/. Do not edit. -->

Everything is configured in one file, \`rollout.config.ts\`, at the root. It is checked when it is read, by \`cdk synth\` and by each
command: a typo is refused with its path and the option that was meant. What has a default may be left out.
[examples/configuration/every-option.ts](../examples/configuration/every-option.ts) has every option once. \`[]\` stands for each
entry of a list, \`${eachEntry}\` for each of a map.

After a change, look at what it means without AWS, then deploy the hub:

\`\`\`sh
npx ami-rollout rehearse
npx cdk deploy ami-rollout
\`\`\`
`;

/** The page docs/configure.md, before it is formatted. */
export const configurePage = (): string =>
  [
    introduction,
    ...configurationSections().map(
      ({ name, meaning, options }) => `## \`${name}\`\n\n${meaning}\n\n${table(options)}\n`,
    ),
  ].join('\n');
