import { AccessDenied } from '../../../domain/errors.ts';
import type { ParameterFacts, Parameters } from '../../../domain/ports/parameters.ts';
import { targetName, type Target } from '../../../domain/target.ts';
import { here } from './names.ts';

const keyOf = (target: Target, name: string) => `${targetName(target)} ${name}`;

/** The Parameter Store from memory, by target and name. `neverValid` are images whose writes stay invisible. */
export const fakeParameters = () => {
  const held = new Map<string, ParameterFacts>();
  const fake = {
    puts: [] as string[],
    neverValid: new Set<string>(),
    refused: new Set<string>(),
    /** Called at the moment of a put; what it throws, the put throws. */
    onPut: (_name: string): Promise<void> => Promise.resolve(),
    set: (name: string, value: string, target: Target = here, version = 1, dataType = 'aws:ec2:image') => {
      held.set(keyOf(target, name), { name, value, version, dataType });
    },
    valueOf: (name: string, target: Target = here) => held.get(keyOf(target, name))?.value,
    find: (target: Target, name: string) =>
      fake.refused.has(targetName(target))
        ? Promise.reject(new AccessDenied(`${targetName(target)} refuses us`))
        : Promise.resolve(held.get(keyOf(target, name))),
    putImage: async (target: Target, name: string, value: string, dataType: string) => {
      await fake.onPut(name);
      fake.puts.push(`${targetName(target)} ${name} ${value}`);
      const version = (held.get(keyOf(target, name))?.version ?? 0) + 1;
      if (!fake.neverValid.has(value)) held.set(keyOf(target, name), { name, value, version, dataType });
      return version;
    },
    remove: (target: Target, name: string) => {
      fake.puts.push(`${targetName(target)} ${name} removed`);
      held.delete(keyOf(target, name));
      return Promise.resolve();
    },
  };
  return fake satisfies Parameters;
};
