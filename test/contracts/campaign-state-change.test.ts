import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { toJSONSchema } from 'zod';
import { campaignStateChange } from '../../contracts/events/campaign-state-change.ts';
import { eventNames } from '../../contracts/events/names.ts';

const file = new URL('../../docs/campaign-state-change.schema.json', import.meta.url);

/** `UPDATE_SCHEMAS=1 npm run unit -- -i test/contracts/campaign-state-change` writes it anew. */
it('the documented schema of the events is the one in the code', () => {
  const schema = {
    title: `${eventNames.source}: ${eventNames.detailType}`,
    description: 'The detail of the event. Fields may be added under the same schemaVersion.',
    ...toJSONSchema(campaignStateChange, { io: 'output' }),
  };
  if (process.env['UPDATE_SCHEMAS'] !== undefined) writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
});
