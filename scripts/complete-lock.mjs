// `npm run lock`: brings package-lock.json up to date, then names in it the builds for other platforms that npm has left out.
//
// npm omits what the registry in use does not carry and, at times, what this machine does not need
// (https://github.com/npm/cli/issues/4828). Then `npm ci` refuses the lock, and other platforms miss their builds.
// An entry with a version and its platforms is enough for both.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { completed } from './completed-lock.mjs';

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const { lock, added } = completed(JSON.parse(readFileSync(file, 'utf8')));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'The lock is complete.' : `Added to the lock:\n  ${added.join('\n  ')}`);
