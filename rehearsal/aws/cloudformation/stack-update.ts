import { cloudFormation } from '../model.ts';
import { replaceGroup } from '../state/group-replacement.ts';
import { InstanceRollout } from '../state/instance-rollout.ts';
import type { SimRefresh } from '../state/sim-group.ts';
import { replacesInstances, type SimStack, type StackOperation, type StackSettings } from '../state/sim-stack.ts';
import { closeRefresh, openRefresh } from '../state/refresh-record.ts';
import type { World } from '../world.ts';
import { noteFailure, openOperation, setStatus } from './operation-log.ts';
import { injectedFailure, rollBack } from './roll-back.ts';
import { settleAlarms } from './settle-alarms.ts';

/** How an update is asked for. */
export interface UpdateRequest {
  readonly settings: StackSettings;
  readonly token: string | undefined;
  readonly request: string;
  readonly ours: boolean;
  readonly disableRollback?: boolean;
  /** Why the caller may not do what the update needs, if so: it fails and rolls back. */
  readonly downstreamRefusal?: string | undefined;
  /** Another time than the stack's own. */
  readonly ms?: number;
}

/** One update of a stack from UPDATE_IN_PROGRESS to its end, rollback included, in virtual time. */
class StackUpdate {
  readonly #world: World;
  readonly #stack: SimStack;
  readonly #request: UpdateRequest;
  readonly #before: StackSettings;
  readonly #operation: StackOperation;
  readonly #startedAt = Date.now();
  readonly #timers: ReturnType<typeof setTimeout>[] = [];
  #rollout: InstanceRollout | undefined;
  #refresh: SimRefresh | undefined;

  constructor(world: World, stack: SimStack, request: UpdateRequest) {
    this.#world = world;
    this.#stack = stack;
    this.#request = request;
    this.#before = stack.settings;
    const newImage = world.newImage.get(stack.region);
    const restores = stack.image === newImage && stack.imageIn(request.settings) !== newImage;
    // Not the whole request: its settings would stay on record with every operation.
    const { token, request: asked, ours } = request;
    this.#operation = openOperation(world, stack, 'UPDATE_STACK', { token, request: asked, ours, restores });
  }

  run(): StackOperation {
    const { settings, ms, downstreamRefusal } = this.#request;
    const stack = this.#stack;
    stack.settings = settings;
    setStatus(this.#world, stack, this.#operation, 'UPDATE_IN_PROGRESS', 'User Initiated');
    const image = stack.imageIn(settings);
    const changesImage = image !== stack.group.launchImage;
    const monitoring = (settings.rollbackConfiguration.MonitoringTimeInMinutes ?? 0) * 60_000;
    const work = ms ?? (changesImage ? stack.updateMs : cloudFormation.plainUpdate);
    const failure = this.#takeFault(image);
    if (failure !== undefined) this.#after(work * cloudFormation.failsAt, () => this.#fail(failure));
    if (changesImage) this.#after(Math.min(work / 4, cloudFormation.firstLaunch), () => this.#tryImage(image, work));
    if (downstreamRefusal !== undefined)
      this.#after(cloudFormation.firstLaunch / 2, () => this.#fail(downstreamRefusal));
    this.#after(work + monitoring, () => this.#complete());
    return this.#operation;
  }

  /** The reason this update is to fail by a fault, if any. */
  #takeFault(image: string): string | undefined {
    const { faults, region } = this.#stack;
    if (faults === undefined || !this.#request.ours || image === this.#stack.group.launchImage) return undefined;
    const forward = image === this.#world.newImage.get(region);
    if (!forward && faults.restoreFailsOnce === true) {
      delete faults.restoreFailsOnce;
      return injectedFailure;
    }
    return (forward ? faults.forward : faults.restoreFails) === undefined ? undefined : injectedFailure;
  }

  #tryImage(image: string, work: number): void {
    const { account, region, group, replacement } = this.#stack;
    if (!this.#world.images.launchable(region, account, image)) {
      this.#fail(
        `Resource handler returned message: "The image id '[${image}]' does not exist (Service: Ec2, Status Code: 400)"`,
      );
      return;
    }
    // The launch template has a new version, but its default is still the old one.
    if (replacement === 'default') return;
    if (replacement === 'replacing') {
      this.#after(work * 0.7, () => replaceGroup(this.#world, this.#stack, image));
      return;
    }
    group.launchImage = image;
    if (!replacesInstances(replacement)) return;
    if (replacement === 'instanceRefresh') this.#refresh = openRefresh(this.#world, this.#stack);
    this.#rollout = new InstanceRollout(this.#world, this.#stack, () => image, work * 0.7, false, {
      done: () => this.#endRefresh('Successful'),
      failed: (reason) => this.#fail(reason),
    });
  }

  #complete(): void {
    const alarm = this.#redTrigger();
    if (alarm !== undefined) {
      this.#fail(`Rollback trigger ${alarm} went into ALARM state`);
      return;
    }
    this.#stop();
    this.#endRefresh('Successful');
    setStatus(this.#world, this.#stack, this.#operation, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    setTimeout(() => {
      this.#operation.status = 'SUCCEEDED';
      setStatus(this.#world, this.#stack, this.#operation, 'UPDATE_COMPLETE');
      settleAlarms(this.#world, this.#stack);
    }, cloudFormation.cleanup);
  }

  #redTrigger(): string | undefined {
    const { account, region, settings } = this.#stack;
    const { alarms } = this.#world.target(account, region);
    return settings.rollbackConfiguration.RollbackTriggers?.map(({ Arn }) => Arn ?? '').find(
      (arn) => alarms.get(arn.split(':').slice(6).join(':'))?.state === 'ALARM',
    );
  }

  #fail(reason: string): void {
    this.#stop();
    this.#endRefresh('Failed');
    noteFailure(this.#stack, this.#operation, reason);
    this.#operation.status = 'FAILED';
    if (this.#request.disableRollback === true) {
      this.#stack.rollbackTo = this.#before;
      setStatus(this.#world, this.#stack, this.#operation, 'UPDATE_FAILED', reason);
      return;
    }
    const faults = this.#stack.faults;
    // An update that fails on its way back returns to where it was: that this works is what makes it fail for good.
    const forward = this.#stack.imageIn(this.#request.settings) === this.#world.newImage.get(this.#stack.region);
    const stuck = forward && (faults?.forward === 'rollbackFails' || faults?.restoreFails === true);
    if (forward && faults !== undefined) delete faults.forward;
    rollBack(this.#world, this.#stack, this.#operation, {
      to: this.#before,
      ms: Math.max(cloudFormation.minimumRollback, Date.now() - this.#startedAt),
      fails: stuck,
    });
  }

  #endRefresh(status: 'Successful' | 'Failed'): void {
    if (this.#refresh?.endedAt === undefined && this.#refresh !== undefined) {
      closeRefresh(this.#world, this.#stack, this.#refresh, status);
    }
  }

  #after(ms: number, then: () => void): void {
    this.#timers.push(setTimeout(then, ms));
  }

  #stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#rollout?.cancel();
  }
}

/** Starts an update. The caller has checked that it may. */
export const startUpdate = (world: World, stack: SimStack, request: UpdateRequest): StackOperation =>
  new StackUpdate(world, stack, request).run();
