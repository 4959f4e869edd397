/** How the regional copies of a build are found. */
export interface ImageSetPolicy {
  /** Longest wait for copies that are still being made, in minutes. */
  readonly copyWaitMinutes: number;
  /** What a region or target without a usable copy does to the campaign. */
  readonly withoutCopy: 'reject' | 'leaveOut';
}
