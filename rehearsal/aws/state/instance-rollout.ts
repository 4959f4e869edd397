import { autoScaling } from '../model.ts';
import type { World } from '../world.ts';
import { publishInstanceEvent } from './group-events.ts';
import type { SimInstance } from './sim-group.ts';
import type { SimStack } from './sim-stack.ts';

/** What a rollout tells its owner. */
export interface RolloutOutcome {
  /** All instances run the image and are InService. */
  done?(): void;
  /** The image cannot be launched. */
  failed?(reason: string): void;
}

/** Where a refresh pauses: shares of replaced instances, and for how long. */
export interface Checkpoints {
  readonly percents: readonly number[];
  readonly delayMs: number;
}

/** Replaces a group's instances one after the other, evenly over a time, as a rolling update or a refresh does. */
export class InstanceRollout {
  readonly #world: World;
  readonly #stack: SimStack;
  /** Asked at each launch. */
  readonly #image: () => string;
  readonly #turn: number;
  readonly #outcome: RolloutOutcome;
  /** A refresh waits for a new instance's health before it goes on; a rolling update without signals does not. */
  readonly #waitsForHealth: boolean;
  readonly #count: number;
  readonly #checkpoints: number[];
  readonly #checkpointDelay: number;
  #replaced = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #cancelled = false;

  constructor(
    world: World,
    stack: SimStack,
    image: () => string,
    ms: number,
    waitsForHealth: boolean,
    outcome: RolloutOutcome,
    checkpoints: Checkpoints = { percents: [], delayMs: 0 },
  ) {
    this.#world = world;
    this.#stack = stack;
    this.#image = image;
    this.#waitsForHealth = waitsForHealth;
    this.#outcome = outcome;
    const count = stack.group.instances.filter(({ imageId }) => imageId !== image()).length;
    this.#count = count;
    this.#checkpoints = [...checkpoints.percents];
    this.#checkpointDelay = checkpoints.delayMs;
    this.#turn = ms / Math.max(1, count);
    this.#timer = setTimeout(() => this.#replaceNext(), count === 0 ? 0 : this.#turn * 0.5);
  }

  /** Stops where it is; instances that are starting still come up. */
  cancel(): void {
    this.#cancelled = true;
    clearTimeout(this.#timer);
  }

  #replaceNext(): void {
    const { group, account, region } = this.#stack;
    const image = this.#image();
    const index = group.instances.findIndex(({ imageId }) => imageId !== image);
    const old = group.instances[index];
    if (old === undefined) {
      this.#outcome.done?.();
      return;
    }
    if (!this.#world.images.launchable(region, account, image)) {
      const reason = `The image id '[${image}]' does not exist`;
      publishInstanceEvent(this.#world, this.#stack, 'Launch Unsuccessful', undefined, reason);
      this.#outcome.failed?.(reason);
      return;
    }
    const fresh = launch(this.#world, image);
    group.instances[index] = fresh;
    publishInstanceEvent(this.#world, this.#stack, 'Terminate Successful', old);
    const sick = this.#stack.faults?.unhealthy === true && this.#world.newImage.get(region) === image;
    if (sick) {
      fresh.healthy = false;
      if (this.#waitsForHealth) return;
    }
    const warmup = Math.min(this.#turn * autoScaling.warmupShare, autoScaling.warmup);
    setTimeout(() => {
      if (!sick && group.instances.includes(fresh)) {
        fresh.lifecycle = 'InService';
        fresh.inServiceAt = Date.now();
        group.held.add(fresh.imageId);
        publishInstanceEvent(this.#world, this.#stack, 'Launch Successful', fresh);
      }
      if (this.#cancelled) return;
      const last = group.instances.every(({ imageId }) => imageId === this.#image());
      if (last) this.#outcome.done?.();
      else this.#timer = setTimeout(() => this.#replaceNext(), this.#turn - warmup + this.#pause());
    }, warmup);
  }

  /** How long the refresh rests at the checkpoints that the last replacement has reached. */
  #pause(): number {
    this.#replaced += 1;
    const percent = (100 * this.#replaced) / Math.max(1, this.#count);
    const reached = this.#checkpoints.filter((checkpoint) => checkpoint <= percent).length;
    this.#checkpoints.splice(0, reached);
    return reached === 0 ? 0 : this.#checkpointDelay;
  }
}

const launch = (world: World, imageId: string): SimInstance => ({
  id: instanceId(world),
  imageId,
  launchedAt: Date.now(),
  lifecycle: 'Pending',
  healthy: true,
});

/** A new instance id of this world. */
export const instanceId = (world: World): string => `i-0${world.nextId().toString(16).padStart(16, '0')}`;
