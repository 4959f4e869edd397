/** A channel that reads what is told; both ids as Slack spells them. */
export interface SlackSettings {
  readonly workspaceId: string;
  readonly channelId: string;
}
