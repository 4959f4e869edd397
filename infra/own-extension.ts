import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * `.ts` in the repository, `.js` in the package: for modules that are named by their path. Node strips no types below
 * `node_modules`, so what is installed is compiled; imports are rewritten by the compiler, paths are not.
 */
export const ownExtension = extname(fileURLToPath(import.meta.url));
