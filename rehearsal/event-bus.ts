import type { EventEnvelope } from './aws/host.ts';
import type { Rule, RuleTarget } from './definitions/deployment.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether one filter of a pattern accepts the value: literals, prefix, suffix, exists, anything-but, equals-ignore-case. */
const accepts = (filter: unknown, value: unknown): boolean => {
  if (!isRecord(filter)) return filter === value;
  const text = typeof value === 'string' ? value : '';
  if ('prefix' in filter) return text !== '' && text.startsWith(String(filter['prefix']));
  if ('suffix' in filter) return text !== '' && text.endsWith(String(filter['suffix']));
  if ('exists' in filter) return (value !== undefined) === filter['exists'];
  if ('anything-but' in filter) {
    const not = filter['anything-but'];
    return value !== undefined && !(Array.isArray(not) ? not.includes(value) : accepts(not, value));
  }
  throw new Error(`The rehearsal's event bus does not know the filter ${JSON.stringify(filter)}.`);
};

/**
 * Whether an event matches a rule's pattern: every field named must match one of its filters; arrays in the event match
 * by any element, objects among them too. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export const matchesPattern = (pattern: unknown, event: unknown): boolean => {
  if (!isRecord(pattern)) return false;
  return Object.entries(pattern).every(([key, wanted]) => {
    const value = isRecord(event) ? event[key] : undefined;
    if (!Array.isArray(wanted))
      return Array.isArray(value) ? value.some((one) => matchesPattern(wanted, one)) : matchesPattern(wanted, value);
    const values = Array.isArray(value) ? value : [value];
    return wanted.some((filter) => values.some((one) => accepts(filter, one)));
  });
};

/** What a target gets of an event. */
export const inputOf = ({ inputPath }: RuleTarget, event: EventEnvelope): unknown => {
  if (inputPath === null || inputPath === '$') return event;
  return inputPath
    .replace(/^\$\./, '')
    .split('.')
    .reduce<unknown>((value, field) => (isRecord(value) ? value[field] : undefined), event);
};

/** The targets of the rules that match on the bus that the event reaches: the default one, or the members' one. */
export const targetsOf = (rules: readonly Rule[], event: EventEnvelope, hubAccount: string): readonly RuleTarget[] => {
  const reached = event.account === hubAccount ? 'default' : 'members';
  return rules
    .filter(({ bus, pattern }) => bus === reached && pattern !== null && matchesPattern(pattern, event))
    .flatMap(({ targets }) => targets);
};

/** The product's rules, prepared for many events: nearly all rules are out by an event's source and type alone. */
export class EventBus {
  readonly #rules: readonly Rule[];
  readonly #hubAccount: string;
  readonly #byType = new Map<string, readonly Rule[]>();

  constructor(rules: readonly Rule[], hubAccount: string) {
    this.#rules = rules;
    this.#hubAccount = hubAccount;
  }

  /** Whether any rule could match such an event. */
  wants(source: string, detailType: string): boolean {
    return this.#rulesFor(source, detailType).length > 0;
  }

  targetsOf(event: EventEnvelope): readonly RuleTarget[] {
    return targetsOf(this.#rulesFor(event.source, event['detail-type']), event, this.#hubAccount);
  }

  #rulesFor(source: string, detailType: string): readonly Rule[] {
    const key = `${source}/${detailType}`;
    const known = this.#byType.get(key);
    if (known !== undefined) return known;
    const event: Readonly<Record<string, string>> = { source, 'detail-type': detailType };
    const fits = ({ pattern }: Rule): boolean =>
      isRecord(pattern) &&
      Object.keys(event).every((field) => !(field in pattern) || matchesPattern({ [field]: pattern[field] }, event));
    const found = this.#rules.filter(fits);
    this.#byType.set(key, found);
    return found;
  }
}
