import { describe, expect, it } from '@jest/globals';
import { holdGroups, keys } from '../../../domain/store/keys.ts';
import { here, stackIdOf, there } from '../fakes/names.ts';

const id = stackIdOf('app-0001');
const text = ({ pk, sk }: { pk: string; sk: string }) => `${pk} / ${sk}`;

describe('keys', () => {
  it('never give two records one place', () => {
    const all = [
      keys.campaign('c'),
      keys.stack('c', 'canary', id),
      keys.stack('c', 'full', id),
      keys.stack('c', 'canary', stackIdOf('app-0002')),
      keys.ring('c', 'canary'),
      keys.parameter('c', here, '/a'),
      keys.parameter('c', there, '/a'),
      keys.verdict('c', 'Tag Check', '2026'),
      keys.verdict('c', 'Age Limit', '2026'),
      keys.approval('c', 'canary'),
      keys.promotion('c', here, '/a'),
      keys.campaignAudit('c', 1),
      keys.campaignAudit('c', 2),
      keys.stackAudit('c', id, 1),
      keys.build('f', 'b', '*'),
      keys.build('f', 'b', 'prod'),
      keys.build('f', 'b*', ''),
      keys.family('f'),
      keys.current('f', 'prod', here),
      keys.current('f', 'prod', there),
      keys.lease(id),
      keys.slots('c', here, 'forward'),
      keys.slots('c', here, 'restore'),
      keys.wait('ar-1'),
      keys.hold('group', 1, id),
      keys.hold('group', 10, id),
      keys.pace(here, 'claim'),
      keys.pace(here, 'update'),
      keys.halt('*'),
      keys.halt('c'),
    ].map(text);
    expect(new Set(all).size).toBe(all.length);
    for (const key of all) expect(key).not.toContain('undefined');
  });

  it('sort trails and holds by number, not by its first digit', () => {
    expect(keys.campaignAudit('c', 9).sk < keys.campaignAudit('c', 10).sk).toBe(true);
    expect(keys.stackAudit('c', id, 99).sk < keys.stackAudit('c', id, 100).sk).toBe(true);
    expect(keys.hold('g', 999, id).sk < keys.hold('g', 1000, id).sk).toBe(true);
  });

  it('tell the groups apart in which stacks wait', () => {
    const groups = [
      holdGroups.target('c', here, 'forward'),
      holdGroups.target('c', here, 'restore'),
      holdGroups.target('c', there, 'forward'),
      holdGroups.target('d', here, 'forward'),
      holdGroups.busy(id),
      holdGroups.halted('c'),
    ];
    expect(new Set(groups).size).toBe(groups.length);
  });
});
