import { readFileSync } from 'node:fs';
import { marked } from 'marked';
import { root } from '../scripts/scratch-folder.ts';

/** How a block of commands is run; written in the page as a comment before it, `<!-- test: as bob, exit 3 -->`. */
export interface BlockOptions {
  /** Why it is not run. */
  readonly skip: string | null;
  /** Which local user runs it. */
  readonly user: string;
  /** What the last command ends with. */
  readonly exit: number;
  /** Whether it is tried until it ends so, as a person does who is early. */
  readonly retry: boolean;
}

/** The text of a page. */
export const readPage = (page: string): string => readFileSync(`${root}${page}`, 'utf8');

/** A page with this comment is run against the local console. */
export const needsApi = (page: string): boolean => readPage(page).includes('<!-- test: api -->');

/** Commands as a page shows them, and the output it promises, if it does. */
export interface Block {
  readonly title: string;
  readonly commands: string;
  readonly output: string | null;
  readonly options: BlockOptions;
}

const byDefault: BlockOptions = { skip: null, user: 'alice', exit: 0, retry: false };

const readOptions = (text: string): BlockOptions =>
  text.split(',').reduce<BlockOptions>((options, one) => {
    const [word = '', ...rest] = one.trim().split(' ');
    const value = rest.join(' ');
    if (word === 'as') return { ...options, user: value };
    if (word === 'exit') return { ...options, exit: Number(value) };
    if (word === 'retry') return { ...options, retry: true };
    if (word === 'skip' && value !== '') return { ...options, skip: value };
    throw new Error(`unknown directive '${one.trim()}': known are as USER, exit N, retry, skip REASON`);
  }, byDefault);

/** All tokens of a page, those inside of lists too. */
const tokensOf = (text: string) => {
  const flat: { readonly type: string; readonly raw: string; readonly text: string; readonly lang: string }[] = [];
  void marked.walkTokens(marked.lexer(text), (token) => {
    const { text: inner = '', lang = '' } = token as { text?: string; lang?: string };
    flat.push({ type: token.type, raw: token.raw, text: inner, lang });
  });
  return flat;
};

/** Every block of a language in a page. */
export const codeOf = (page: string, language: string): readonly string[] =>
  tokensOf(readPage(page)).flatMap(({ type, lang, text }) => (type === 'code' && lang === language ? [text] : []));

/** The blocks of commands of a page in order. */
export const blocksOf = (page: string): readonly Block[] => {
  const blocks: Block[] = [];
  let options = byDefault;
  let awaitsOutput = false;
  for (const token of tokensOf(readPage(page))) {
    const [, directive] = /^<!-- test: (.*) -->\s*$/.exec(token.raw) ?? [];
    if (directive === 'api') continue;
    if (directive !== undefined) options = readOptions(directive);
    else if (token.type === 'code' && token.lang === 'sh') {
      blocks.push({ title: token.text.split('\n', 1)[0] ?? '', commands: token.text, output: null, options });
      options = byDefault;
      awaitsOutput = true;
    } else if (token.type === 'code' && token.lang === 'text' && awaitsOutput) {
      const last = blocks.pop();
      if (last !== undefined) blocks.push({ ...last, output: token.text });
      awaitsOutput = false;
    } else if (token.type !== 'space') awaitsOutput = false;
  }
  return blocks;
};
