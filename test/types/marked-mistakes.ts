import ts from 'typescript';

/** A line that must not compile, and the reason the compiler has to give. */
interface Mark {
  readonly line: number;
  readonly code: number;
  readonly words: string;
}

/** What the compiler says against a line. */
interface Refusal {
  readonly code: number;
  readonly message: string;
}

/** Sources by path, compiled together as part of the project. */
type Sources = Readonly<Record<string, string>>;

const marker = /^\s*\/\/ @ts-expect-error TS(\d+): (.+)$/;

/** The marks of a source: each comment speaks about the line after it. Lines are counted from 1. */
export const marksOf = (source: string): Mark[] =>
  source.split('\n').flatMap((text, index) => {
    const [, code, words] = marker.exec(text) ?? [];
    return code === undefined || words === undefined ? [] : [{ line: index + 2, code: Number(code), words }];
  });

/** The source as the compiler has to judge it: every `@ts-expect-error` gone, line numbers kept. */
const unmarked = (source: string): string => source.replaceAll('@ts-expect-error', '');

/** Compiles the sources, their marks removed, with the project's options; the refusals by path and line. */
export const refusals = (projectFolder: string, sources: Sources): ReadonlyMap<string, readonly Refusal[]> => {
  const config = ts.readConfigFile(`${projectFolder}/tsconfig.json`, (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, projectFolder);
  const alone = { ...options, incremental: false, noUnusedLocals: false };
  delete alone.tsBuildInfoFile;
  const host = ts.createCompilerHost(alone);
  const readFile = host.readFile.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  const textOf = (path: string) => (sources[path] === undefined ? undefined : unmarked(sources[path]));
  host.fileExists = (path) => path in sources || ts.sys.fileExists(path);
  host.readFile = (path) => textOf(path) ?? readFile(path);
  host.getSourceFile = (path, version, ...rest) => {
    const text = textOf(path);
    return text === undefined ? getSourceFile(path, version, ...rest) : ts.createSourceFile(path, text, version, true);
  };
  const program = ts.createProgram(Object.keys(sources), alone, host);
  const found = new Map<string, Refusal[]>();
  for (const path of Object.keys(sources)) {
    for (const { file, start = 0, code, messageText } of diagnosticsOf(program, path)) {
      const line = (file?.getLineAndCharacterOfPosition(start).line ?? -1) + 1;
      const at = `${path}:${line}`;
      const message = ts.flattenDiagnosticMessageText(messageText, ' ');
      found.set(at, [...(found.get(at) ?? []), { code, message }]);
    }
  }
  return found;
};

const diagnosticsOf = (program: ts.Program, path: string): readonly ts.Diagnostic[] => {
  const file = program.getSourceFile(path);
  return [
    ...program.getOptionsDiagnostics(),
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ];
};
