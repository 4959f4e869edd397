import { awsExecutions } from '../adapters/aws/executions.ts';
import { awsImages } from '../adapters/aws/images.ts';
import { awsScans } from '../adapters/aws/scans.ts';
import { inspectorScan } from '../contracts/inspector-scan.ts';
import { scan } from '../domain/gating/inspector-scan.ts';
import { base, sessions } from './runtime/connections.ts';
import { taskHandler } from './runtime/task-handler.ts';

export const handler = taskHandler(
  inspectorScan,
  scan({
    ...base,
    executions: awsExecutions(sessions),
    images: awsImages(sessions),
    scans: awsScans(sessions),
  }),
);
