/** `arn:aws:states:…:execution:ami-rollout-campaign:3f2c` → `3f2c`: what the console offers to copy. */
export const campaignIdOf = (campaign: string): string => campaign.split(':').at(-1) ?? campaign;
