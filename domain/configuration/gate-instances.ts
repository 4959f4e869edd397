/** Where and as what gates launch instances of the image. */
export interface GateInstances {
  /** Empty: the hub stack makes an isolated subnet. */
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** Null: the hub stack makes one that lets SSM manage the instance. */
  readonly instanceProfileArn: string | null;
  readonly types: { readonly x86_64: string; readonly arm64: string };
  /** An instance that is older is ended, whatever it is for. */
  readonly hours: number;
}
