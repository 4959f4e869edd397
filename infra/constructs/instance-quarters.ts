import { Aws } from 'aws-cdk-lib';
import {
  CfnRouteTable,
  CfnSecurityGroup,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  CfnVPC,
  CfnVPCEndpoint,
} from 'aws-cdk-lib/aws-ec2';
import { CfnInstanceProfile, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { GateInstances } from '../../domain/configuration/gate-instances.ts';
import { product, rolePath } from '../names.ts';
import { acknowledge } from './acknowledge.ts';

const range = '10.255.0.0/26';

/** Where instances of gates are launched, and as whom. */
export interface Quarters {
  readonly subnetId: string;
  readonly securityGroupIds: readonly string[];
  readonly profileArn: string;
  /** The role behind the profile; a pattern where the profile is somebody else's. */
  readonly roleArn: string;
}

/**
 * What an instance of a gate needs: a subnet without a way out but to SSM and S3, and a profile that lets SSM manage it.
 * What the configuration names is taken instead of being made. The endpoints cost money by the hour, so this is made only
 * where a gate launches instances.
 */
export class InstanceQuarters extends Construct implements Quarters {
  readonly subnetId: string;
  readonly securityGroupIds: readonly string[];
  readonly profileArn: string;
  readonly roleArn: string;

  constructor(scope: Construct, id: string, given: GateInstances) {
    super(scope, id);
    const [subnetId] = given.subnetIds;
    const network = subnetId === undefined ? this.#network() : { subnetId, securityGroupIds: given.securityGroupIds };
    this.subnetId = network.subnetId;
    this.securityGroupIds = network.securityGroupIds;
    const identity =
      given.instanceProfileArn === null
        ? this.#identity()
        : { profileArn: given.instanceProfileArn, roleArn: `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/*` };
    this.profileArn = identity.profileArn;
    this.roleArn = identity.roleArn;
  }

  #network(): { subnetId: string; securityGroupIds: readonly string[] } {
    const vpc = new CfnVPC(this, 'Vpc', { cidrBlock: range, enableDnsHostnames: true, enableDnsSupport: true });
    acknowledge(vpc, 'VPC7', 'Nothing leaves it but to endpoints of AWS, and its instances live for hours.');
    const vpcId = vpc.attrVpcId;
    const subnet = new CfnSubnet(this, 'Subnet', { vpcId, cidrBlock: range, mapPublicIpOnLaunch: false });
    const routes = new CfnRouteTable(this, 'Routes', { vpcId });
    new CfnSubnetRouteTableAssociation(this, 'RoutesOfSubnet', {
      subnetId: subnet.attrSubnetId,
      routeTableId: routes.attrRouteTableId,
    });
    const https = { ipProtocol: 'tcp', fromPort: 443, toPort: 443 };
    const instances = new CfnSecurityGroup(this, 'Instances', {
      vpcId,
      groupDescription: `${product}: instances of gates`,
      securityGroupEgress: [
        { ...https, cidrIp: '0.0.0.0/0', description: 'Endpoints of AWS; there is no other route' },
      ],
    });
    const endpoints = new CfnSecurityGroup(this, 'Endpoints', {
      vpcId,
      groupDescription: `${product}: endpoints for instances of gates`,
      securityGroupIngress: [{ ...https, cidrIp: range, description: 'Instances of gates' }],
    });
    for (const service of ['ssm', 'ssmmessages', 'ec2messages'])
      new CfnVPCEndpoint(this, `Endpoint${service}`, {
        vpcId,
        vpcEndpointType: 'Interface',
        serviceName: `com.amazonaws.${Aws.REGION}.${service}`,
        subnetIds: [subnet.attrSubnetId],
        securityGroupIds: [endpoints.attrGroupId],
        privateDnsEnabled: true,
      });
    // The agent takes what it needs for an inventory from buckets of AWS.
    new CfnVPCEndpoint(this, 'EndpointS3', {
      vpcId,
      vpcEndpointType: 'Gateway',
      serviceName: `com.amazonaws.${Aws.REGION}.s3`,
      routeTableIds: [routes.attrRouteTableId],
    });
    return { subnetId: subnet.attrSubnetId, securityGroupIds: [instances.attrGroupId] };
  }

  #identity(): { profileArn: string; roleArn: string } {
    const role = new Role(this, 'Role', {
      path: rolePath,
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      description: 'Lets SSM manage instances of gates',
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
    });
    acknowledge(
      role,
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonSSMManagedInstanceCore]',
      'It is what AWS keeps in step with what the SSM agent does.',
    );
    const profile = new CfnInstanceProfile(this, 'Profile', { path: rolePath, roles: [role.roleName] });
    return { profileArn: profile.attrArn, roleArn: role.roleArn };
  }
}
