// Makes dist/, which is what the package runs: Node strips no types below node_modules, so the sources are compiled.
// Everything lies there as it does in the repository, so that what is named by its path is found.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** What is read and not imported. */
const assets = ['cdk.json', 'examples/stacks', 'rehearsal/scenario/shipped'];

const compile = (project) => {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', join(root, project)], { encoding: 'utf8' });
  if (status === 0) return;
  console.error(stdout);
  process.exit(1);
};

/** Declarations come out for every module of the library; those that no exported type leads to are of no use. */
const dropUnreachableTypes = (exported) => {
  const entries = exported.map((path) => join(root, path));
  const options = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, types: [] };
  const reached = new Set(
    ts
      .createProgram(entries, options)
      .getSourceFiles()
      .map(({ fileName }) => fileName),
  );
  for (const file of ts.sys.readDirectory(dist, ['.d.ts'])) if (!reached.has(file)) rmSync(file);
};

const { description, exports: offered, type, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

rmSync(dist, { recursive: true, force: true });
compile('tsconfig.package.json');
compile('tsconfig.package-types.json');
dropUnreachableTypes(Object.values(offered).flatMap(({ types = [] }) => types));
for (const asset of assets) {
  mkdirSync(dirname(join(dist, asset)), { recursive: true });
  cpSync(join(root, asset), join(dist, asset), { recursive: true, filter: (path) => !path.endsWith('.md') });
}
writeFileSync(join(dist, 'package.json'), `${JSON.stringify({ type, version, description }, null, 2)}\n`);
