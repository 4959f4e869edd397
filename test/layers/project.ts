import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const root = new URL('../../', import.meta.url).pathname;

/** A file, and what it imports: another file of the project or a package. */
export type Import = readonly [from: string, to: string];

/** An import that the rules of `.dependency-cruiser.mjs` forbid, with the rule. */
export type Violation = readonly [rule: string, ...Import];

const isFile = (target: string): boolean => target.endsWith('.ts');

const specifier = ([from, to]: Import): string => {
  if (!isFile(to)) return to;
  const path = relative(dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
};

const write = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

/** Writes a project with these imports and nothing else; packages are empty ones. */
const writeProject = (folder: string, imports: readonly Import[], typeImports: readonly Import[]): void => {
  const statements = [
    ...imports.map((line) => [line, `import '${specifier(line)}';`] as const),
    ...typeImports.map((line) => [line, `import type {} from '${specifier(line)}';`] as const),
  ];
  const files = new Map<string, string[]>();
  for (const [[from, to], statement] of statements) {
    files.set(from, [...(files.get(from) ?? []), statement]);
    if (isFile(to)) files.set(to, files.get(to) ?? []);
    else if (!to.startsWith('node:')) write(join(folder, 'node_modules', to, 'index.js'), '');
  }
  for (const [file, lines] of files) write(join(folder, file), `${lines.join('\n')}\nexport {};\n`);
};

interface Report {
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

const cruise = (folder: string): Report => {
  const cruiser = join(root, 'node_modules/.bin/depcruise');
  const rules = join(root, '.dependency-cruiser.mjs');
  const report = execFileSync(
    process.execPath,
    [cruiser, '--config', rules, '--output-type', 'json', '--no-cache', '.'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(report) as Report;
};

/** What the project's layer rules say against a project that has these imports. */
export const violationsOf = (imports: readonly Import[], typeImports: readonly Import[] = []): readonly Violation[] => {
  const folder = mkdtempSync(join(tmpdir(), 'layers-'));
  try {
    writeProject(folder, imports, typeImports);
    return cruise(folder).summary.violations.map(({ rule, from, to }) => [
      rule.name,
      from,
      to.replace(/^node_modules\/(.+)\/index\.js$/, '$1'),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
