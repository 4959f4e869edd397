import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../', import.meta.url));
const portInterfaces = new Set(
  [
    'Alarms',
    'Calendars',
    'Executions',
    'Forwarding',
    'Functions',
    'GateMachines',
    'Groups',
    'Images',
    'Instances',
    'Keys',
    'Notifications',
    'Organization',
    'Parameters',
    'PlanStore',
    'Runbooks',
    'Scans',
    'Stacks',
    'TargetGroups',
  ].concat('Table'),
);

const ownCode = (node: ts.Node): boolean => {
  const { fileName } = node.getSourceFile();
  return ['domain', 'handlers', 'console'].some((layer) => fileName.startsWith(`${root}${layer}/`));
};

const isFollowed = (declaration: ts.Declaration): boolean =>
  ownCode(declaration) &&
  (ts.isVariableDeclaration(declaration) ||
    ts.isFunctionDeclaration(declaration) ||
    ts.isPropertyAssignment(declaration) ||
    ts.isShorthandPropertyAssignment(declaration) ||
    ts.isMethodDeclaration(declaration));

/** `table.get`, if the node is a member of a port. */
const portCall = (checker: ts.TypeChecker, node: ts.Node): string | undefined => {
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const declaration = checker.getSymbolAtLocation(node.name)?.declarations?.[0];
  if (!declaration || !ts.isMethodSignature(declaration) || !ts.isInterfaceDeclaration(declaration.parent))
    return undefined;
  const owner = declaration.parent;
  const port = owner.name.text;
  if (!portInterfaces.has(port) || !owner.getSourceFile().fileName.includes('/domain/ports/')) return undefined;
  return `${port.charAt(0).toLowerCase()}${port.slice(1)}.${node.name.text}`;
};

const readsIndex = (node: ts.Node): boolean =>
  ts.isPropertyAssignment(node) && node.name.getText() === 'index' && node.initializer.getText() === "'byIndex'";

/**
 * The port calls that can be reached from each handler's entry, by following every name through handlers/, console/ and domain/.
 * It may say more than ever happens, never less.
 */
export const handlerReach = (handlers: readonly string[]): Readonly<Record<string, readonly string[]>> => {
  const files = handlers.map((name) => `${root}handlers/${name}.ts`);
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files }, ts.sys, root);
  const program = ts.createProgram(files, { ...options, incremental: false });
  const checker = program.getTypeChecker();

  const reachOf = (entry: ts.Node): readonly string[] => {
    const seen = new Set<ts.Node>();
    const found = new Set<string>();
    const visit = (node: ts.Node): void => {
      const call = portCall(checker, node);
      if (call !== undefined) found.add(call);
      if (readsIndex(node)) found.add('table.queryIndex');
      const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
      const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      for (const declaration of target?.declarations ?? []) {
        if (seen.has(declaration) || !isFollowed(declaration)) continue;
        seen.add(declaration);
        visit(declaration);
      }
      ts.forEachChild(node, visit);
    };
    visit(entry);
    return [...found].sort();
  };
  return Object.fromEntries(
    handlers.map((name, index) => {
      const source = program.getSourceFile(files[index]!);
      if (!source) throw new Error(`handlers/${name}.ts cannot be read`);
      return [name, reachOf(source)];
    }),
  );
};
