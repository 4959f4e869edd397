import type { TagType } from '../configuration/family.ts';

/** What each type is called in a reason. */
export const typeWords: Readonly<Record<TagType, string>> = {
  text: 'a value',
  integer: 'a whole number such as 42',
  boolean: 'true or false',
  date: 'a date such as 2026-11-22 or 2026-11-22T12:00:00Z',
  version: 'a version such as 2026.11.3',
};

const isoDate = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** Node reads 30 February as 2 March: the day itself must exist. */
const isDate = (value: string): boolean => {
  const [, year, month, day] = isoDate.exec(value) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const midnight = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return (
    !Number.isNaN(Date.parse(value)) &&
    !Number.isNaN(midnight.getTime()) &&
    midnight.toISOString().startsWith(`${year}-${month}-${day}`)
  );
};

/** Whether the text is a value of the type, in its canonical form. */
export const isOfType = (type: TagType, value: string): boolean => {
  switch (type) {
    case 'text':
      return true;
    case 'integer':
      return /^(?:0|-?[1-9]\d*)$/.test(value);
    case 'boolean':
      return value === 'true' || value === 'false';
    case 'date':
      return isDate(value);
    case 'version':
      return /^\d+(?:\.\d+){1,3}(?:[-+][0-9A-Za-z.+-]+)?$/.test(value);
  }
};

const yes = ['yes', 'y', 'on', '1', 'true'];
const no = ['no', 'n', 'off', '0', 'false'];

/** The canonical form of what was probably meant; undefined where that is anybody's guess, as with 03/11/2026. */
export const toType = (type: TagType, value: string): string | undefined => {
  const bare = value.trim();
  const lower = bare.toLowerCase();
  switch (type) {
    case 'text':
      return undefined;
    case 'integer':
      return /^[+-]?\d+$/.test(bare) ? String(BigInt(bare.replace(/^\+/, ''))) : undefined;
    case 'boolean':
      if (yes.includes(lower)) return 'true';
      return no.includes(lower) ? 'false' : undefined;
    case 'date': {
      const [, year = '', month = '', day = ''] = /^(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})$/.exec(bare) ?? [];
      const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
      return isDate(date) ? date : undefined;
    }
    case 'version': {
      const plain = bare.replace(/^(?:version|v)[ .-]?/i, '').replaceAll('_', '.');
      return isOfType('version', plain) ? plain : undefined;
    }
  }
};
