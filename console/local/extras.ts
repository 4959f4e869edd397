import { html } from 'hono/html';
import { raiseAlarm } from '../../rehearsal/aws/faults/raise-alarm.ts';
import type { ScenarioWorld } from '../../rehearsal/scenario/create-world.ts';
import type { Extras } from '../pages/extras.ts';
import { ProblemError } from '../problem.ts';

const kinds = ['updateFails', 'instancesUnhealthy', 'alarm'] as const;
type Kind = (typeof kinds)[number];

const offered: Readonly<Record<Kind, string>> = {
  updateFails: 'Let its update fail',
  instancesUnhealthy: 'Let its new instances be unhealthy',
  alarm: 'Let its alarm go off now',
};

/** What the local pages have besides: where to begin, and a way to break a simulated stack. */
export const localExtras = ({ world, images }: ScenarioWorld): Extras => {
  const [region = '', image = ''] = [...images.new][0] ?? [];
  return {
    welcome: () =>
      html`<p class="said">
        This is a rehearsal: nothing here is real but the product. A new image is ready:
        <a href="/start?${new URLSearchParams({ imageId: image, region }).toString()}">start a campaign to ${image}</a>.
      </p>`,
    ofCampaign: (campaignId, session) => html`
      <form method="post" action="/local/break" class="act">
        <fieldset>
          <legend>Break a stack (local only)</legend>
          <p id="break-help">An update or instances fail when they come; an alarm counts while its ring bakes.</p>
          <input type="hidden" name="csrf" value="${session.csrf}" />
          <input type="hidden" name="campaign" value="${campaignId}" />
          <label for="break-stack">Stack</label>
          <input id="break-stack" name="stack" list="break-stacks" required aria-describedby="break-help" />
          <datalist id="break-stacks">
            ${world.stacks.map(({ name }) => html`<option value="${name}"></option>`)}
          </datalist>
          <p class="buttons">
            ${kinds.map((kind) => html`<button type="submit" name="decision" value="${kind}">${offered[kind]}</button>`)}
          </p>
        </fieldset>
      </form>
    `,
    breakStack: (name, how) => {
      const stack = world.stacks.find((one) => one.name === name);
      if (!stack) throw new ProblemError(400, `There is no stack ${name}: choose one of the list.`);
      if (how === 'updateFails') stack.faults = { ...stack.faults, forward: 'updateFails' };
      else if (how === 'instancesUnhealthy') stack.faults = { ...stack.faults, unhealthy: true };
      else if (how !== 'alarm') throw new ProblemError(400, `Choose one of ${kinds.join(', ')}.`);
      else if (!stack.settings.tags['ami-rollout:alarms'])
        throw new ProblemError(409, `Stack ${name} names no alarm in its tag ami-rollout:alarms.`);
      else raiseAlarm(world, stack);
      return `Stack ${name} is broken: ${offered[how]}.`;
    },
  };
};
