const two = (value: number): string => String(value).padStart(2, '0');

/** Milliseconds since the start as a clock shows them: `+01:36:23`. */
export const clockTime = (milliseconds: number): string => {
  const seconds = Math.floor(milliseconds / 1000);
  return `+${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};

/** A duration in the two units that matter: `2 h 56 min`, `25 min`, `1.4 s`. */
export const durationInWords = (seconds: number): string => {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  const hours = `${Math.floor(minutes / 60)} h`;
  return rest === 0 ? hours : `${hours} ${rest} min`;
};
