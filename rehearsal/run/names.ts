/** Names that the deployment gives to its own resources. */
export const names = {
  bucket: 'ami-rollout-plans',
  topic: 'ami-rollout',
  campaign: 'ami-rollout-campaign',
  restore: 'ami-rollout-restore',
} as const;
