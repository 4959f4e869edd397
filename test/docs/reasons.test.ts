import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { reasonCodes } from '../../domain/gates/reason.ts';
import { root } from '../scripts/scratch-folder.ts';
import { readPage } from './blocks.ts';

/** Names of the errors that the deployed machines raise or that their tasks may fail with. */
const raised = (): readonly string[] => {
  const definitions = ['campaign', 'restore'].map((name) =>
    readFileSync(`${root}test/fixtures/${name}.asl.json`, 'utf8'),
  );
  const contracts = readdirSync(`${root}contracts`)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(`${root}contracts/${file}`, 'utf8'));
  return [
    ...definitions.flatMap((text) => [...text.matchAll(/"Error": "([A-Z][A-Za-z]+)"/g)].map(([, name]) => name ?? '')),
    ...contracts.flatMap((text) =>
      [...text.matchAll(/\b([A-Z][A-Za-z]+): '(?:retry|final)'/g)].map(([, name]) => name ?? ''),
    ),
  ].filter((name) => !/^[A-Z_]+$/.test(name));
};

it('docs/operate.md says of every error what it means and what to do', () => {
  const page = readPage('docs/operate.md');
  const names = [...new Set(raised())];
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !page.includes(`| \`${name}\``))).toEqual([]);
});

it('docs/operate.md says of every reason of a gate what it means and what to do', () => {
  const page = readPage('docs/operate.md');
  expect(reasonCodes.filter((code) => !page.includes(`| \`${code}\``))).toEqual([]);
});
