import { revocationText } from '../gates/revocation-text.ts';
import { revokedBuilds } from '../store/image-records.ts';
import type { Ports } from '../ports/index.ts';
import type { Architecture, System } from '../words.ts';

/** The newest image of an operating system, as its publisher announces it. */
export interface LatestImage {
  readonly image: string;
  readonly region: string;
  /** The public SSM parameter that says so. */
  readonly parameter: string;
  /** Null where EC2 shows the hub no such image. */
  readonly name: string | null;
  readonly createdAt: string | null;
}

const amazonLinux = (flavour: string, architecture: Architecture): string =>
  `/aws/service/ami-amazon-linux-latest/${flavour}-kernel-default-${architecture}`;

/** {@link https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/} */
const ubuntu = (version: string, disk: 'gp2' | 'gp3', architecture: Architecture): string =>
  `/aws/service/canonical/ubuntu/server/${version}/stable/current/${architecture === 'x86_64' ? 'amd64' : 'arm64'}/hvm/ebs-${disk}/ami-id`;

/** {@link https://docs.aws.amazon.com/ec2/latest/windows-ami-reference/windows-ami-versions.html} */
const windows = (year: number): string => `/aws/service/ami-windows-latest/Windows_Server-${year}-English-Full-Base`;

/** The public parameter of a system; null where it is not published for the architecture. */
const publicParameter = (system: System, architecture: Architecture): string | null => {
  switch (system) {
    case 'al2023':
      return amazonLinux('al2023-ami', architecture);
    case 'al2023-minimal':
      return amazonLinux('al2023-ami-minimal', architecture);
    case 'ubuntu-22.04':
      return ubuntu('22.04', 'gp2', architecture);
    case 'ubuntu-24.04':
      return ubuntu('24.04', 'gp3', architecture);
    case 'windows-2019':
    case 'windows-2022':
    case 'windows-2025':
      return architecture === 'x86_64' ? windows(Number(system.slice(-4))) : null;
  }
};

/** Asks the hub's region, or another one, for the newest image; the message says why there is none, or that it is revoked. */
export const latestImage =
  (ports: Pick<Ports, 'configuration' | 'images' | 'parameters' | 'table'>) =>
  async (of: {
    readonly system: System;
    readonly architecture: Architecture;
    readonly region: string | null;
  }): Promise<LatestImage | { readonly none: string }> => {
    const { hub } = ports.configuration();
    const target = { account: hub.account, region: of.region ?? hub.region };
    const parameter = publicParameter(of.system, of.architecture);
    if (parameter === null) return { none: `${of.system} is not published for ${of.architecture}` };
    const found = await ports.parameters.find(target, parameter);
    if (!found) return { none: `${target.region} has no public parameter ${parameter}` };
    for await (const { images, revoked } of revokedBuilds(ports))
      if (revoked && images[target.region] === found.value)
        return { none: `the newest image, ${found.value} in ${target.region}, was ${revocationText(revoked)}` };
    const image = await ports.images.find(target, found.value);
    return {
      image: found.value,
      region: target.region,
      parameter,
      name: image?.name ?? null,
      createdAt: image?.createdAt ?? null,
    };
  };
