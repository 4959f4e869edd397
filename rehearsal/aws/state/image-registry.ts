import type { SimImage } from './image.ts';

/** The key of an encrypted image: one for each, of the image's owner. */
export const keyArnOf = ({ id, owner, region }: SimImage): string =>
  `arn:aws:kms:${region}:${owner}:key/${id.replace('ami-', '')}`;

/** The images of all regions. An image belongs to one region; its copies elsewhere are images of their own. */
export class ImageRegistry {
  readonly #regions = new Map<string, Map<string, SimImage>>();

  add(image: SimImage): void {
    let region = this.#regions.get(image.region);
    if (region === undefined) this.#regions.set(image.region, (region = new Map<string, SimImage>()));
    region.set(image.id, image);
  }

  /** Every image of every region, the deregistered ones too. */
  all(): SimImage[] {
    return [...this.#regions.values()].flatMap((region) => [...region.values()]);
  }

  /** The image, deregistered or not. */
  get(region: string, id: string): SimImage | undefined {
    return this.#regions.get(region)?.get(id);
  }

  /** Whether the account may see and launch the image: it owns it, or has launch permission. */
  visible(image: SimImage, account: string): boolean {
    return (
      image.state !== 'deregistered' &&
      (image.owner === account || image.sharedWith === 'all' || image.sharedWith.has(account))
    );
  }

  /** Whether an instance can be launched from the image in that account and region. */
  launchable(region: string, account: string, id: string): boolean {
    const image = this.get(region, id);
    return image?.state === 'available' && this.visible(image, account) && this.#decrypts(image, account);
  }

  /** The encrypted image whose key has this ARN. */
  ofKey(keyArn: string): SimImage | undefined {
    const [, , , region = ''] = keyArn.split(':');
    for (const image of this.#regions.get(region)?.values() ?? []) if (keyArnOf(image) === keyArn) return image;
    return undefined;
  }

  /** Whether the key's policy lets the account near the image's key. */
  mayUseKey({ owner, attributes: { key } }: SimImage, account: string): boolean {
    if (owner === account) return true;
    return key.manager === 'customer' && (key.usableBy?.has(account) ?? true);
  }

  #decrypts(image: SimImage, account: string): boolean {
    const { encrypted, key } = image.attributes;
    return !encrypted || (key.state === 'Enabled' && this.mayUseKey(image, account));
  }

  /** The images of a region that an account sees. */
  *of(region: string, account: string): Generator<SimImage> {
    for (const image of this.#regions.get(region)?.values() ?? []) if (this.visible(image, account)) yield image;
  }
}
