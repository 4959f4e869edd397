import type {
  CreateTagsCommandInput,
  DeleteTagsCommandInput,
  DescribeImageAttributeCommandInput,
  DescribeImageAttributeCommandOutput,
  DescribeImagesCommandInput,
  DescribeImagesCommandOutput,
  DescribeSnapshotsCommandInput,
  DescribeSnapshotsCommandOutput,
  DisableImageDeprecationCommandInput,
  DisableImageDeprecationCommandOutput,
  DisableImageDeregistrationProtectionCommandInput,
  DisableImageDeregistrationProtectionCommandOutput,
  EnableImageDeprecationCommandInput,
  EnableImageDeprecationCommandOutput,
  EnableImageDeregistrationProtectionCommandInput,
  EnableImageDeregistrationProtectionCommandOutput,
  GetImageFindingsCommandInput,
  GetImageFindingsCommandOutput,
  Image,
  SeverityLabel,
} from '@aws-sdk/client-ec2';
import type { Call, Operations, Reply } from '../call.ts';
import { matchesFilters } from '../filters.ts';
import { ec2 as model } from '../model.ts';
import { page } from '../page.ts';
import { SimulatedError } from '../simulated-error.ts';
import { keyArnOf } from '../state/image-registry.ts';
import type { SimImage } from '../state/image.ts';
import type { World } from '../world.ts';

const notFound = (ids: readonly string[]): SimulatedError =>
  new SimulatedError(
    'InvalidAMIID.NotFound',
    `The image ${ids.length > 1 ? 'ids' : 'id'} '[${ids.join(', ')}]' ${ids.length > 1 ? 'do' : 'does'} not exist`,
  );

/** Tags belong to the account that set them: a shared image shows none of its owner's. */
const tagsFor = (image: SimImage, account: string): [string, string][] =>
  image.owner === account ? [...image.tags] : [];

const show = (image: SimImage, account: string): Image => ({
  ImageId: image.id,
  Name: image.name,
  ImageLocation: `${image.owner}/${image.name}`,
  OwnerId: image.owner,
  State: image.state,
  CreationDate: new Date(image.createdAt).toISOString(),
  Public: image.sharedWith === 'all',
  Architecture: image.attributes.architecture,
  ImageType: 'machine',
  RootDeviceType: image.attributes.rootDevice,
  RootDeviceName: '/dev/xvda',
  VirtualizationType: image.attributes.virtualization,
  ...(image.attributes.bootMode !== null && { BootMode: image.attributes.bootMode }),
  ...(image.attributes.deprecatedAt !== null && {
    DeprecationTime: new Date(image.attributes.deprecatedAt).toISOString(),
  }),
  Hypervisor: 'xen',
  EnaSupport: true,
  PlatformDetails: 'Linux/UNIX',
  UsageOperation: 'RunInstances',
  BlockDeviceMappings: [
    {
      DeviceName: '/dev/xvda',
      Ebs: { SnapshotId: image.id.replace('ami-', 'snap-'), VolumeType: 'gp3', Encrypted: image.attributes.encrypted },
    },
  ],
  DeregistrationProtection: image.deregistrationProtection ? 'enabled-without-cooldown' : 'disabled',
  // An original was made from an instance of its parent, as Packer and Image Builder do.
  ...(image.source
    ? { SourceImageId: image.source.id, SourceImageRegion: image.source.region }
    : {
        SourceImageId: 'ami-0aaaaaaaaaaaaaaaa',
        SourceImageRegion: image.region,
        SourceInstanceId: 'i-0aaaaaaaaaaaaaaaa',
      }),
  Tags: tagsFor(image, account).map(([Key, Value]) => ({ Key, Value })),
});

/** EC2's images: regional, visible to owners and to accounts with launch permission. */
export const ec2Images = (world: World): Operations => {
  const members =
    (account: string) =>
    (image: SimImage, filter: string): string | undefined => {
      if (filter.startsWith('tag:')) return new Map(tagsFor(image, account)).get(filter.slice(4));
      switch (filter) {
        case 'name':
          return image.name;
        case 'image-id':
          return image.id;
        case 'source-image-id':
          return image.source?.id;
        case 'source-image-region':
          return image.source?.region;
        case 'owner-id':
          return image.owner;
        case 'state':
          return image.state;
        case 'creation-date':
          return new Date(image.createdAt).toISOString();
        case 'is-public':
          return String(image.sharedWith === 'all');
        case 'architecture':
          return image.attributes.architecture;
        case 'image-type':
          return 'machine';
        case 'root-device-type':
          return image.attributes.rootDevice;
        case 'virtualization-type':
          return image.attributes.virtualization;
        default:
          throw new SimulatedError('InvalidParameterValue', `The filter '${filter}' is invalid`);
      }
    };

  const visible = ({ account, region }: Call, id: string): SimImage => {
    if (!/^ami-[0-9a-f]{8,17}$/.test(id)) throw new SimulatedError('InvalidAMIID.Malformed', `Invalid id: "${id}"`);
    const image = world.images.get(region, id);
    if (image === undefined || !world.images.visible(image, account)) throw notFound([id]);
    return image;
  };

  const describeImages = (input: DescribeImagesCommandInput, call: Call): Reply<DescribeImagesCommandOutput> => {
    const { account, region } = call;
    const all =
      input.ImageIds !== undefined && input.ImageIds.length > 0
        ? input.ImageIds.map((id) => visible(call, id))
        : [...world.images.of(region, account)];
    const owners = new Set(input.Owners?.map((owner) => (owner === 'self' ? account : owner)));
    const member = members(account);
    const wanted = all.filter(
      (image) =>
        (image.state !== 'disabled' || input.IncludeDisabled === true) &&
        (owners.size === 0 || owners.has(image.owner)) &&
        matchesFilters(image, input.Filters, member),
    );
    const { items, next } = page(wanted, input.NextToken, input.MaxResults ?? model.pageSize);
    return { Images: items.map((image) => show(image, account)), ...(next && { NextToken: next }) };
  };

  /** Whoever shares an image does not share its snapshots: to all others they do not exist. */
  const describeSnapshots = (
    { SnapshotIds = [] }: DescribeSnapshotsCommandInput,
    { account, region }: Call,
  ): Reply<DescribeSnapshotsCommandOutput> => ({
    Snapshots: SnapshotIds.map((id) => {
      const image = world.images.get(region, id.replace('snap-', 'ami-'));
      if (image?.owner !== account || image.state === 'deregistered')
        throw new SimulatedError('InvalidSnapshot.NotFound', `The snapshot '${id}' does not exist.`);
      const { encrypted } = image.attributes;
      return {
        SnapshotId: id,
        OwnerId: account,
        Encrypted: encrypted,
        ...(encrypted && { KmsKeyId: keyArnOf(image) }),
      };
    }),
  });

  /** Only its owner learns who may launch an image. */
  const describeImageAttribute = (
    input: DescribeImageAttributeCommandInput,
    call: Call,
  ): Reply<DescribeImageAttributeCommandOutput> => {
    const image = visible(call, input.ImageId ?? '');
    if (image.owner !== call.account) throw new SimulatedError('AuthFailure', `Not authorized for image:${image.id}`);
    if (input.Attribute !== 'launchPermission')
      throw new SimulatedError('InvalidParameterValue', `The attribute '${input.Attribute ?? ''}' is not simulated`);
    const { sharedWith } = image;
    return {
      ImageId: image.id,
      LaunchPermissions: sharedWith === 'all' ? [{ Group: 'all' }] : [...sharedWith].map((UserId) => ({ UserId })),
    };
  };

  const createTags = (input: CreateTagsCommandInput, call: Call): Record<string, never> => {
    for (const id of input.Resources ?? []) {
      if (!id.startsWith('ami-')) continue; // snapshots and the like: accepted, not modelled
      const image = visible(call, id);
      if (image.owner !== call.account) continue; // a member's own tags on a shared image: not modelled
      for (const { Key, Value } of input.Tags ?? []) image.tags.set(Key ?? '', Value ?? '');
    }
    return {};
  };

  const deleteTags = (input: DeleteTagsCommandInput, call: Call): Record<string, never> => {
    for (const id of input.Resources ?? []) {
      const image = visible(call, id);
      if (image.owner !== call.account) continue;
      for (const { Key = '', Value } of input.Tags ?? [])
        if (Value === undefined || image.tags.get(Key) === Value) image.tags.delete(Key);
    }
    return {};
  };

  /** An image that only its owner may change. */
  const owned = (call: Call, id: string): SimImage => {
    const image = visible(call, id);
    if (image.owner !== call.account) throw new SimulatedError('AuthFailure', `Not authorized for image:${image.id}`);
    return image;
  };

  const enableDeprecation = (
    { ImageId = '', DeprecateAt }: EnableImageDeprecationCommandInput,
    call: Call,
  ): Reply<EnableImageDeprecationCommandOutput> => {
    const at = DeprecateAt?.getTime() ?? 0;
    if (at < Date.now())
      throw new SimulatedError('InvalidParameterValue', 'The deprecation date and time must be in the future');
    owned(call, ImageId).attributes.deprecatedAt = at;
    return { Return: true };
  };

  const disableDeprecation = (
    { ImageId = '' }: DisableImageDeprecationCommandInput,
    call: Call,
  ): Reply<DisableImageDeprecationCommandOutput> => {
    owned(call, ImageId).attributes.deprecatedAt = null;
    return { Return: true };
  };

  const getImageFindings = (input: GetImageFindingsCommandInput, call: Call): Reply<GetImageFindingsCommandOutput> => {
    const image = visible(call, input.ImageId ?? '');
    // Before its scan an image has no findings: an empty list proves nothing.
    const all = image.scan.scannedAt === undefined ? [] : image.findings;
    const { items, next } = page(all, input.NextToken, input.MaxResults ?? 100);
    return {
      ImageFindings: items.map((finding) => ({
        FixAvailable: finding.fixAvailable,
        Score: finding.score,
        FirstObservedAt: new Date(finding.firstObservedAt),
        UpdatedAt: new Date(finding.firstObservedAt),
        Title: finding.title,
        Paths: [`usr/lib/${finding.packageName}`],
        ...(finding.severity !== 'untriaged' && { SeverityLabel: finding.severity satisfies SeverityLabel }),
        SnapshotId: image.id.replace('ami-', 'snap-'),
      })),
      ...(next && { NextToken: next }),
    };
  };

  const enableProtection = (
    input: EnableImageDeregistrationProtectionCommandInput,
    call: Call,
  ): Reply<EnableImageDeregistrationProtectionCommandOutput> => {
    owned(call, input.ImageId ?? '').deregistrationProtection = true;
    return { Return: input.WithCooldown === true ? 'enabled-with-cooldown' : 'enabled-without-cooldown' };
  };

  const disableProtection = (
    input: DisableImageDeregistrationProtectionCommandInput,
    call: Call,
  ): Reply<DisableImageDeregistrationProtectionCommandOutput> => {
    owned(call, input.ImageId ?? '').deregistrationProtection = false;
    return { Return: 'disabled' };
  };

  return {
    DescribeImages: describeImages,
    DescribeImageAttribute: describeImageAttribute,
    DescribeSnapshots: describeSnapshots,
    CreateTags: createTags,
    DeleteTags: deleteTags,
    EnableImageDeprecation: enableDeprecation,
    DisableImageDeprecation: disableDeprecation,
    GetImageFindings: getImageFindings,
    EnableImageDeregistrationProtection: enableProtection,
    DisableImageDeregistrationProtection: disableProtection,
  };
};
