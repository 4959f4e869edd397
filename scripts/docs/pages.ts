import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { commandsPage } from './commands-page.ts';
import { configurePage } from './configure-page.ts';
import { costPage } from './cost-page.ts';
import { readmeWithPicture } from './readme-picture.ts';
import { scalePage } from './scale-page.ts';

/** A page that is written by a program, as a whole or in part. */
export interface GeneratedPage {
  /** In the project. */
  readonly path: string;
  readonly render: () => string | Promise<string>;
}

/** What `npm run docs` writes. */
export const generatedPages: readonly GeneratedPage[] = [
  { path: 'docs/configure.md', render: configurePage },
  { path: 'docs/commands.md', render: commandsPage },
  { path: 'README.md', render: readmeWithPicture },
  { path: 'docs/scale.md', render: scalePage },
  { path: 'docs/cost.md', render: costPage },
];

/** The page as the file has to be. */
export const pageText = async ({ path, render }: GeneratedPage): Promise<string> => {
  const file = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  return format(await render(), { ...(await resolveConfig(file)), filepath: file });
};
