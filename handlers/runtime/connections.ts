import { awsSessions, type Sessions } from '../../adapters/aws/sessions.ts';
import { systemClock } from '../../adapters/aws/clock.ts';
import { connectTable } from '../../adapters/table/connect-table.ts';
import type { Ports } from '../../domain/ports/index.ts';
import { actingFor, currentCampaign } from './acting.ts';
import { configuration, surroundings, variable } from './environment.ts';
import { metrics } from './metrics.ts';

/**
 * The way to AWS, made once for each container. Handlers add the adapters they need, so that each bundle carries only the
 * services it uses.
 */
export const sessions: Sessions = awsSessions(
  {
    get account() {
      return variable('HUB_ACCOUNT');
    },
    get region() {
      return variable('AWS_REGION');
    },
  },
  () => configuration().targets,
  currentCampaign,
);

/** The table, by the address that the deployment gives. */
export const table = connectTable(variable('TABLE'));

/** What every handler has. */
export const base: Pick<Ports, 'acting' | 'table' | 'clock' | 'configuration' | 'metrics' | 'surroundings'> = {
  acting: actingFor,
  table,
  clock: systemClock,
  configuration,
  metrics,
  surroundings,
};
