/**
 * Resource types that keep something which a replacement would lose: data, keys, or an instance with its volumes. A name
 * that ends in `::` stands for every type of the service.
 */
const stateful: readonly string[] = [
  'AWS::AmazonMQ::Broker',
  'AWS::Backup::BackupVault',
  'AWS::Cassandra::',
  'AWS::CloudFormation::Stack',
  'AWS::Cognito::UserPool',
  'AWS::DMS::ReplicationInstance',
  'AWS::DocDB::',
  'AWS::DynamoDB::',
  'AWS::EC2::EIP',
  'AWS::EC2::Host',
  'AWS::EC2::Instance',
  'AWS::EC2::NetworkInterface',
  'AWS::EC2::Volume',
  'AWS::ECR::Repository',
  'AWS::EFS::FileSystem',
  'AWS::EKS::Cluster',
  'AWS::ElastiCache::',
  'AWS::Elasticsearch::Domain',
  'AWS::FSx::',
  'AWS::KMS::Key',
  'AWS::Kinesis::Stream',
  'AWS::Logs::LogGroup',
  'AWS::MSK::',
  'AWS::MemoryDB::',
  'AWS::Neptune::',
  'AWS::OpenSearchService::Domain',
  'AWS::QLDB::Ledger',
  'AWS::RDS::',
  'AWS::Redshift::',
  'AWS::Route53::HostedZone',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
  'AWS::Timestream::',
];

/** Whether a replacement of a resource of this type loses something. */
export const isStateful = (type: string): boolean =>
  stateful.some((one) => (one.endsWith('::') ? type.startsWith(one) : type === one));
