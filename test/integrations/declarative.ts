/** What may stand where in a declarative pipeline of Jenkins, as far as these use it. Null: steps, which are Groovy. */
const grammar: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
  file: { pipeline: 'pipeline' },
  pipeline: {
    options: null,
    triggers: null,
    parameters: null,
    environment: null,
    stages: 'stages',
    post: 'post',
  },
  stages: { stage: 'stage' },
  stage: { when: null, environment: null, options: null, steps: null, post: 'post' },
  post: { always: null, success: null, failure: null, unstable: null, aborted: null, cleanup: null },
};
const required: Readonly<Record<string, readonly string[]>> = {
  pipeline: ['stages'],
  stage: ['steps'],
  stages: ['stage'],
};

/** The mistakes of a Jenkinsfile that is Groovy: sections where none may be, and missing ones. */
export const declarativeMistakes = (text: string): readonly string[] => {
  const bare = text.replaceAll(/'''[^]*?'''|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, '_').replaceAll(/\/\/.*$/gm, '');
  const mistakes: string[] = [];
  const read = (kind: string | null, from: number): number => {
    const found: string[] = [];
    let at = from;
    for (;;) {
      const next = /[{}]/.exec(bare.slice(at));
      if (next === null) break;
      const before = bare.slice(at, at + next.index);
      at += next.index + 1;
      if (next[0] === '}') break;
      const name = /(\w+)\s*(?:\([^()]*\))?\s*$/.exec(before)?.[1] ?? '';
      const allowed = kind === null ? null : grammar[kind];
      found.push(name);
      if (allowed && !(name in allowed)) mistakes.push(`${name} has no place in ${String(kind)}`);
      at = read(allowed?.[name] ?? null, at);
    }
    for (const name of required[kind ?? ''] ?? [])
      if (!found.includes(name)) mistakes.push(`${String(kind)} has no ${name}`);
    if (kind === 'pipeline' && !/^\s*agent\b/m.test(bare)) mistakes.push('pipeline has no agent');
    return at;
  };
  read('file', 0);
  return mistakes;
};
