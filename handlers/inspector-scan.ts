import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsFunctions } from '../adapters/aws/functions.ts';
import { awsImages } from '../adapters/aws/images.ts';
import { awsInstances } from '../adapters/aws/instances.ts';
import { awsScans } from '../adapters/aws/scans.ts';
import { inspectorScan } from '../contracts/inspector-scan.ts';
import { scan } from '../domain/gating/inspector-scan.ts';
import { base, sessions } from './runtime/connections.ts';
import { instanceSettings } from './runtime/environment.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  inspectorScan,
  scan({
    ...base,
    executions: awsExecutions(sessions),
    functions: awsFunctions(sessions),
    images: awsImages(sessions),
    instances: awsInstances(sessions, instanceSettings),
    scans: awsScans(sessions),
  }),
);
