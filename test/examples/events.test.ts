import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const folder = new URL('../../examples/events/', import.meta.url);
const files = readdirSync(folder);
const eventIn = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

describe('examples/events', () => {
  it.each(files)('%s is a whole EventBridge event', (file) => {
    expect(eventIn(file)).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      'detail-type': expect.any(String),
      source: expect.stringMatching(/^aws\./),
      account: expect.stringMatching(/^(111122223333|123456789012)$/),
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      region: 'eu-west-1',
      resources: [expect.any(String)],
      detail: expect.any(Object),
    });
  });

  it.each([
    ['ec2-ami-state-change.json', 'EC2 AMI State Change', { State: 'available', ErrorMessage: '' }],
    ['ec2-ami-state-change-deregistered.json', 'EC2 AMI State Change', { State: 'deregistered' }],
    [
      'imagebuilder-image-state-change.json',
      'EC2 Image Builder Image State Change',
      { 'previous-state': { status: 'INTEGRATING' }, state: { status: 'AVAILABLE' } },
    ],
    [
      'cloudformation-stack-status-change.json',
      'CloudFormation Stack Status Change',
      {
        'status-details': { status: 'UPDATE_COMPLETE', 'status-reason': '' },
        'client-request-token': expect.stringMatching(/^ar-[0-9a-f]{12}-[0-9a-f]{20}-[fr]\d+$/),
      },
    ],
    [
      'inspector2-finding.json',
      'Inspector2 Finding',
      { status: 'ACTIVE', severity: 'CRITICAL', resources: [{ type: 'AWS_EC2_INSTANCE' }] },
    ],
    ['inspector2-scan.json', 'Inspector2 Scan', { 'scan-status': 'INITIAL_SCAN_COMPLETE' }],
    [
      'inspector2-on-demand-scan-complete.json',
      'Inspector2 OnDemand Scan Complete',
      { scanStatus: 'SUCCESSFUL', resourceType: 'MACHINE_IMAGE' },
    ],
    [
      'autoscaling-instance-refresh-succeeded.json',
      'EC2 Auto Scaling Instance Refresh Succeeded',
      { AutoScalingGroupName: 'web-Group-1A2B3C4D5E6F' },
    ],
  ])('%s says what happened', (file, detailType, detail) => {
    expect(eventIn(file)).toMatchObject({ 'detail-type': detailType, detail });
  });

  it('names the same image in the event and in its resources', () => {
    for (const file of files.filter((name) => name.startsWith('ec2-'))) {
      const event = eventIn(file) as { resources: string[]; detail: { ImageId: string } };
      expect(event.resources).toEqual([`arn:aws:ec2:eu-west-1::image/${event.detail.ImageId}`]);
    }
  });
});
