/** How far and how fast an image has come to the instances, as the API says it. */
export interface Adoption {
  readonly instances: number;
  readonly onImage: number;
  readonly percent: number;
  /** By share in percent; null: not reached. */
  readonly hours: Readonly<Record<string, number | null>>;
}

/** `100 %; 50/90/100 % after 26/27/27 h`: hours count from the making of the image. */
export const adoptionWords = ({ percent, hours }: Adoption): string => {
  const reached = Object.entries(hours).filter(([, after]) => after !== null);
  if (reached.length === 0) return `${percent} %`;
  const shares = reached.map(([share]) => share).join('/');
  return `${percent} %; ${shares} % after ${reached.map(([, after]) => after).join('/')} h`;
};
