/** Words that mean something to Mermaid and cannot be the id of a node. */
const reserved = new Set([
  'end',
  'graph',
  'subgraph',
  'flowchart',
  'style',
  'class',
  'classdef',
  'click',
  'default',
  'linkstyle',
  'direction',
]);

/** Gives each state an id that Mermaid accepts and a reader recognizes: `Tag Check` → `Tag_Check`. */
export const nodeIds = (): ((state: string) => string) => {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  return (state) => {
    const known = ids.get(state);
    if (known !== undefined) return known;
    const slug = state.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_|_$/g, '') || 'state';
    let id = reserved.has(slug.toLowerCase()) ? `${slug}_` : slug;
    for (let n = 2; taken.has(id); n++) id = `${slug}_${n}`;
    taken.add(id);
    ids.set(state, id);
    return id;
  };
};
