import type { StackSnapshot } from '../aws/state/snapshot.ts';

/**
 * The image a stack is on, by all that the simulated AWS knows of it: its parameter, what that resolved to, the SSM
 * parameter's value, and what its instances run. One image id where all agree, else each part by name.
 */
export const describeSnapshot = ({ parameter, resolved, ssmValue, running }: StackSnapshot): string => {
  const set = ssmValue === null ? parameter : (resolved ?? ssmValue);
  const images = Object.keys(running);
  const all = new Set([set, ...(ssmValue === null ? [] : [ssmValue]), ...images]);
  const [only] = all;
  if (all.size === 1 && only != null) return only;
  const instances = Object.entries(running).map(([image, count]) => `${count} × ${image}`);
  return [
    ...(ssmValue !== null && resolved === null
      ? []
      : [`${ssmValue === null ? 'parameter' : 'resolved'} ${set ?? 'none'}`]),
    ...(ssmValue === null ? [] : [`SSM ${ssmValue}`]),
    `running ${instances.join(', ') || 'nothing'}`,
  ].join('; ');
};
