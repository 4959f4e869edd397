import { InvalidArgumentError } from 'commander';

/** Reads an option that must be a whole number between two limits. */
export const wholeNumber =
  (low: number, high: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^-?\d+$/.test(text.trim()) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
  };
