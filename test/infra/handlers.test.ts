import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { applyTimeoutSeconds } from '../../contracts/open-restore.ts';
import { handler, handlerNames } from '../../infra/handlers.ts';
import { handlerReach } from './handler-reach.ts';

const files = readdirSync(new URL('../../handlers/', import.meta.url))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace('.ts', ''));

describe('the list of handlers', () => {
  it('has every handler', () => {
    expect([...handlerNames].sort()).toEqual(files.sort());
  });

  it('says exactly what each of them uses', () => {
    const listed = Object.fromEntries(
      handlerNames.map((name) => [
        name,
        Object.entries(handler(name).uses)
          .flatMap(([port, calls]) => (calls as readonly string[]).map((call) => `${port}.${call}`))
          .sort(),
      ]),
    );
    expect(listed).toEqual(handlerReach(files));
  });

  it("ends an Apply before a restore's wait is over", () => {
    expect(handler('apply-image').timeoutSeconds).toBeLessThanOrEqual(applyTimeoutSeconds);
  });
});
