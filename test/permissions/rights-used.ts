import { rehearse } from '../../rehearsal/rehearse.ts';
import { rehearsalConfiguration } from '../../rehearsal/run/rehearsal-configuration.ts';
import { loadScenario, shippedScenarios } from '../../rehearsal/scenario/load-scenario.ts';
import configuration from '../../rollout.config.ts';
import { deployedRights, type DeployedRights } from './deployed-roles.ts';
import { requestsOf, type AuthorizationRequest } from './requests.ts';

/** A question to IAM, and by which scenarios it was asked. */
export interface Asked {
  readonly request: AuthorizationRequest;
  readonly scenarios: Set<string>;
}

/** Names and numbers that differ from stack to stack make no difference to a policy of ours. */
const keyOf = ({ principal, action, resource, context }: AuthorizationRequest): string =>
  [principal, action, resource, JSON.stringify(context)].join(' ').replaceAll(/\d+/g, '0');

/** Runs every shipped scenario and collects what IAM would have been asked, each question once. */
export const rightsUsed = async (): Promise<readonly Asked[]> => {
  const seen = new Map<string, Asked>();
  const rightsOf = new Map<string, DeployedRights>();
  for (const name of shippedScenarios()) {
    const scenario = loadScenario(name);
    const deployed = rehearsalConfiguration(configuration, scenario);
    const key = JSON.stringify(deployed);
    const rights = rightsOf.get(key) ?? deployedRights(deployed);
    rightsOf.set(key, rights);
    await rehearse(scenario, {
      configuration,
      onAccess: (access) => {
        // What an operator does beside the product is done with the operator's own rights.
        if (access.handler === undefined) return;
        for (const request of requestsOf(access, rights)) {
          const asked = seen.get(keyOf(request));
          if (asked === undefined) seen.set(keyOf(request), { request, scenarios: new Set([name]) });
          else asked.scenarios.add(name);
        }
      },
    });
  }
  return [...seen.values()];
};
