import type { Command } from 'commander';
import { createProgram } from '../../cli/program.ts';

/** The help of a command as a terminal of 100 columns shows it. */
const helpOf = (command: Command): string => {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => 100 });
  command.outputHelp();
  return text.trim();
};

const introduction = `# Commands

<!-- Written by \`npm run docs\` from the commands' own help. Do not edit. -->

In a checkout each command is \`npx ami-rollout …\`. Commands that ask the API take its address from \`--endpoint\`, else from
\`AMI_ROLLOUT_ENDPOINT\`, else from \`console.url\` of the configuration, and sign with the AWS credentials that every AWS tool
finds. \`--json\` prints one JSON document and nothing else.
`;

/** The page docs/commands.md, before it is formatted. */
export const commandsPage = (): string => {
  const program = createProgram();
  const section = (title: string, command: Command): string =>
    `## ${title}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\`\n`;
  return [
    introduction,
    section('`ami-rollout`', program),
    ...program.commands.map((command) => section(`\`${command.name()}\``, command)),
  ].join('\n');
};
