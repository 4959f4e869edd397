/** Where Catch puts the error unless told otherwise; no state may keep its result there. */
export const errorField = 'error';

/**
 * The field that keeps a state's result: `Close Ring (Canary)` → `closeRingCanary`. Derived from the id, so that the
 * payload in the console reads like the graph beside it.
 */
export const fieldName = (stateId: string): string => {
  const words = stateId.match(/[A-Za-z0-9]+/g) ?? [];
  const name = words
    .map(
      (word, index) =>
        (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1).toLowerCase(),
    )
    .join('');
  if (!/^[a-z]/.test(name)) throw new Error(`State id "${stateId}" must start with a letter to name a field.`);
  if (name === errorField) throw new Error(`State id "${stateId}" would hide the field that Catch writes; rename it.`);
  return name;
};
