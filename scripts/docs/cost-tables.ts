import type { KeptResult } from '../../bench/kept.ts';
import { totalCost } from '../../rehearsal/report/cost.ts';
import { prices } from '../../rehearsal/report/prices.ts';
import { digits, dollars, table } from './figures.ts';

/** What a campaign costs by service, for each stack and for the largest fleet of the bench. */
export const campaignTable = ({ costs, restoredCost, runs, pricesAsOf }: KeptResult): string => {
  const services = costs.ways[0]?.services;
  const transitions = runs.at(-1)?.figures['transitions per updated stack'];
  if (!services || transitions === undefined) throw new Error('the kept result is not whole');
  const each = (total: number): string => dollars(total / costs.stacks, 6);
  const row = (service: string, how: string, usd: number) => [service, how, each(usd), dollars(usd)];
  return [
    table([
      ['service', 'for each stack', '', `${digits(costs.stacks)} stacks`],
      ['---', '---', '---', '---'],
      row(
        'Step Functions',
        `${digits(transitions, 2)} transitions × $${digits(prices.stepFunctionsTransition, 6)}`,
        services.stepFunctions,
      ),
      row('Lambda', 'requests and GB-seconds as counted', services.lambda),
      row('DynamoDB', 'units read and written as counted', services.dynamoDb),
      row(
        'EventBridge',
        `${digits(services.eventBridge / costs.stacks / prices.eventBridgeEvent, 1)} events × $${digits(prices.eventBridgeEvent, 6)}`,
        services.eventBridge,
      ),
      row('S3, SNS', 'as counted', services.s3 + services.sns),
      row('all', '', totalCost(services)),
      row('all, if every stack is put back', '', restoredCost),
    ]),
    '',
    `Prices as of ${pricesAsOf}, us-east-1, without free tiers.`,
  ].join('\n');
};

/** What the same campaign costs in other ways. */
export const costsTable = ({ costs }: KeptResult): string =>
  [
    `${digits(costs.stacks)} stacks, updates of four to twelve minutes, the same prices.`,
    '',
    table([
      ['way', 'Step Functions', 'Lambda', 'DynamoDB', 'all'],
      ['---', '---', '---', '---', '---'],
      ...costs.ways.map(({ way, services, totalUsd }) => [
        way,
        ...(services === null
          ? ['', '', '']
          : [dollars(services.stepFunctions), dollars(services.lambda), dollars(services.dynamoDb)]),
        dollars(totalUsd),
      ]),
    ]),
  ].join('\n');
