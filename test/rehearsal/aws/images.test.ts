import {
  CreateTagsCommand,
  DescribeImagesCommand,
  EC2Client,
  EnableImageDeregistrationProtectionCommand,
  GetImageFindingsCommand,
} from '@aws-sdk/client-ec2';
import { Inspector2Client, ListCoverageCommand, ListFindingsCommand } from '@aws-sdk/client-inspector2';
import { describe, expect, it } from '@jest/globals';
import { HUB_ACCOUNT, fleetAccount } from '../../../rehearsal/aws/accounts.ts';
import { announceImage } from '../../../rehearsal/scenario/create-images.ts';
import { Simulation, at } from './simulation.ts';

const hub = (region = 'eu-west-1') => new EC2Client({ region });
const inspector = () => new Inspector2Client({ region: 'eu-west-1' });
const coverageOf = (id: string) =>
  new ListCoverageCommand({ filterCriteria: { resourceId: [{ comparison: 'EQUALS', value: id }] } });
const findingsOf = (id: string) =>
  new ListFindingsCommand({ filterCriteria: { resourceId: [{ comparison: 'EQUALS', value: id }] }, maxResults: 2 });

describe('simulated images', () => {
  it('have regional ids, name their source and carry the tags of the pipeline', async () => {
    await using simulation = new Simulation({ image: { ageDays: 3, tags: { version: '9', build_id: null } } });
    const there = simulation.created.images.new.get('us-east-1')!;
    expect(there).not.toBe(simulation.newImage);
    const { Images } = await simulation.settle(
      hub('us-east-1').send(
        new DescribeImagesCommand({ Owners: ['self'], Filters: [{ Name: 'name', Values: ['al2023-base-9'] }] }),
      ),
    );
    expect(Images).toHaveLength(1);
    expect(Images?.[0]).toMatchObject({
      ImageId: there,
      OwnerId: HUB_ACCOUNT,
      State: 'available',
      SourceImageId: simulation.newImage,
      SourceImageRegion: 'eu-west-1',
      CreationDate: '2026-10-31T09:00:00.000Z',
    });
    const tags = Object.fromEntries(Images?.[0]?.Tags?.map(({ Key, Value }) => [Key, Value]) ?? []) as object;
    expect(tags).toMatchObject({ 'ami-rollout:family': 'al2023-base', version: '9', environment: 'production' });
    expect(tags).not.toHaveProperty('build_id');
  });

  it('are seen by members, without the owner’s tags', async () => {
    await using simulation = new Simulation({});
    const client = new EC2Client(at(fleetAccount(3)));
    const { Images } = await simulation.settle(
      client.send(new DescribeImagesCommand({ ImageIds: [simulation.newImage] })),
    );
    expect(Images?.[0]).toMatchObject({ ImageId: simulation.newImage, OwnerId: HUB_ACCOUNT, Tags: [] });
  });

  it('that do not exist, or not in this region, are not found', async () => {
    await using simulation = new Simulation({});
    const command = new DescribeImagesCommand({ ImageIds: [simulation.newImage] });
    await expect(simulation.settle(hub('us-east-1').send(command))).rejects.toMatchObject({
      name: 'InvalidAMIID.NotFound',
      message: `The image id '[${simulation.newImage}]' does not exist`,
    });
  });

  it('can be tagged, found by a tag and protected', async () => {
    await using simulation = new Simulation({});
    const client = hub();
    await simulation.settle(
      client.send(
        new CreateTagsCommand({ Resources: [simulation.newImage], Tags: [{ Key: 'promoted', Value: 'yes' }] }),
      ),
    );
    await simulation.settle(
      client.send(new EnableImageDeregistrationProtectionCommand({ ImageId: simulation.newImage })),
    );
    const { Images } = await simulation.settle(
      client.send(new DescribeImagesCommand({ Filters: [{ Name: 'tag:promoted', Values: ['y*'] }] })),
    );
    expect(Images).toHaveLength(1);
    expect(Images?.[0]?.DeregistrationProtection).toBe('enabled-without-cooldown');
  });

  it('show coverage and findings once their scan is done, and events say so in every region', async () => {
    await using simulation = new Simulation({ image: { scanMinutes: 25, findings: { critical: 1, high: 2 } } });
    announceImage(simulation.world, simulation.scenario.image);
    const client = inspector();
    const before = await simulation.settle(client.send(coverageOf(simulation.newImage)));
    expect(before.coveredResources?.[0]).toMatchObject({
      resourceType: 'MACHINE_IMAGE',
      scanStatus: { statusCode: 'ACTIVE', reason: 'PENDING_INITIAL_SCAN' },
    });
    expect((await simulation.settle(client.send(findingsOf(simulation.newImage)))).findings).toEqual([]);
    await simulation.minutes(26);
    const after = await simulation.settle(client.send(coverageOf(simulation.newImage)));
    expect(after.coveredResources?.[0]).toMatchObject({ scanStatus: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL' } });
    expect(after.coveredResources?.[0]?.lastScannedAt).toEqual(new Date(Date.UTC(2026, 10, 3, 9, 25)));
    const first = await simulation.settle(client.send(findingsOf(simulation.newImage)));
    expect(first.findings).toHaveLength(2);
    expect(first.nextToken).toBeDefined();
    expect(first.findings?.[0]).toMatchObject({ severity: 'CRITICAL', status: 'ACTIVE' });
    const { ImageFindings } = await simulation.settle(
      hub().send(new GetImageFindingsCommand({ ImageId: simulation.newImage })),
    );
    expect(ImageFindings?.map(({ SeverityLabel }) => SeverityLabel)).toEqual(['critical', 'high', 'high']);
    const scans = simulation.events.filter((event) => event['detail-type'] === 'Inspector2 Scan');
    expect(scans.map(({ region }) => region).sort()).toEqual(['eu-west-1', 'us-east-1']);
    expect(scans.find(({ region }) => region === 'eu-west-1')?.detail).toMatchObject({
      'scan-status': 'INITIAL_SCAN_COMPLETE',
      'machine-image-id': simulation.newImage,
      'finding-severity-counts': { CRITICAL: 1, HIGH: 2, TOTAL: 3 },
    });
    expect(simulation.events.filter((event) => event['detail-type'] === 'EC2 AMI State Change')).toHaveLength(2);
  });

  it.each([
    ['UNSUPPORTED_OS', [{ statusCode: 'INACTIVE', reason: 'UNSUPPORTED_OS' }]],
    ['NEVER', [{ statusCode: 'ACTIVE', reason: 'PENDING_INITIAL_SCAN' }]],
    ['NONE', []],
  ])('with a scan that ends as %s never look scanned', async (scanStatus, expected) => {
    await using simulation = new Simulation({ image: { scanStatus } });
    announceImage(simulation.world, simulation.scenario.image);
    await simulation.minutes(60);
    const { coveredResources } = await simulation.settle(inspector().send(coverageOf(simulation.newImage)));
    expect(coveredResources?.map(({ scanStatus: status }) => status)).toEqual(expected);
    expect(simulation.events.filter(({ source }) => source === 'aws.inspector2')).toEqual([]);
  });
});
