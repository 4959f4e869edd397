import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { commitOf, isOf } from '../../scripts/assurance/commit.ts';

const repository = () => {
  const root = mkdtempSync(join(tmpdir(), 'assurance-'));
  const identity = ['-c', 'user.name=somebody', '-c', 'user.email=somebody@example.com'];
  const git = (...args: string[]) => execFileSync('git', [...identity, ...args], { cwd: root, stdio: 'pipe' });
  git('init', '-q');
  mkdirSync(join(root, 'docs'));
  for (const file of ['product.ts', 'docs/assurance.json', 'docs/assurance.md']) writeFileSync(join(root, file), 'one');
  git('add', '.');
  git('commit', '-q', '-m', 'one');
  return root;
};

describe('commitOf', () => {
  it('says the commit, and whether files have been changed since', () => {
    const root = repository();
    expect(commitOf(root)).toMatch(/^[0-9a-f]{7,}$/);
    writeFileSync(join(root, 'product.ts'), 'two');
    expect(commitOf(root)).toMatch(/^[0-9a-f]{7,}, changed$/);
  });

  it('takes no notice of what the runs write themselves', () => {
    const root = repository();
    writeFileSync(join(root, 'docs', 'assurance.json'), 'two');
    expect(commitOf(root)).toMatch(/^[0-9a-f]+$/);
  });
});

describe('isOf', () => {
  it.each([
    ['abc1234', 'abc1234', true],
    ['abc1234', 'abc1235', false],
    ['abc1234, changed', 'abc1234, changed', false],
    ['no commit', 'no commit', false],
  ])('of a result at %s beside %s is %s', (commit, now, expected) => {
    expect(isOf({ commit }, now)).toBe(expected);
  });

  it('is false where nothing has run', () => {
    expect(isOf(undefined, 'abc1234')).toBe(false);
  });
});
