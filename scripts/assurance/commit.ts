import { spawnSync } from 'node:child_process';

/** What the runs write themselves makes no commit another one. */
const own = [':!docs/assurance.json', ':!docs/assurance.md'];

/** The commit that a run is about; `…, changed` where files are not as they are in it. */
export const commitOf = (root: string): string => {
  const git = (...args: string[]): string => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout.trim();
  const head = git('rev-parse', '--short', 'HEAD');
  if (head === '') return 'no commit';
  const changes = git('status', '--porcelain', '--untracked-files=no', '--', '.', ...own);
  return changes === '' ? head : `${head}, changed`;
};

/** Whether a result is about this very commit. What was changed may have been changed again. */
export const isOf = (result: { readonly commit: string } | undefined, commit: string): boolean =>
  result?.commit === commit && /^[0-9a-f]+$/.test(commit);
