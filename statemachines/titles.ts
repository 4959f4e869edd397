/** `us-production` → `Us Production`: how the console and the reports call a ring. */
export const ringTitle = (name: string): string =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
