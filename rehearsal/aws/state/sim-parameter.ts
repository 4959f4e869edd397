import { parameterStore } from '../model.ts';

/** One version of an SSM parameter. */
export interface ParameterVersion {
  readonly version: number;
  readonly value: string;
  readonly writtenAt: number;
  /** From when on it can be read; later than the write for images, `undefined` when it failed validation. */
  readonly visibleAt: number | undefined;
}

/** An SSM parameter with its versions. */
export class SimParameter {
  readonly name: string;
  readonly arn: string;
  readonly type: string;
  readonly dataType: string;
  readonly tags = new Map<string, string>();
  readonly #versions: ParameterVersion[] = [];

  constructor(name: string, arn: string, type: string, dataType: string) {
    this.name = name;
    this.arn = arn;
    this.type = type;
    this.dataType = dataType;
  }

  /**
   * Adds a version. The data type `aws:ec2:image` is validated after the answer: until then, and for good when `valid`
   * is false, readers see the version before.
   * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-ec2-aliases.html
   */
  put(value: string, now: number, valid: boolean): ParameterVersion {
    const validated = this.dataType === 'aws:ec2:image';
    const visibleAt = !validated ? now : valid ? now + parameterStore.imageValidation : undefined;
    const version = { version: this.#versions.length + 1, value, writtenAt: now, visibleAt };
    this.#versions.push(version);
    return version;
  }

  /** All versions, those that cannot be read too. */
  get versions(): readonly ParameterVersion[] {
    return this.#versions;
  }

  /** Has these versions instead. */
  restore(versions: readonly ParameterVersion[]): void {
    this.#versions.splice(0, this.#versions.length, ...versions);
  }

  /** A value that was always there, readable at once. */
  preset(value: string, now: number): this {
    this.#versions.push({ version: this.#versions.length + 1, value, writtenAt: now, visibleAt: now });
    return this;
  }

  /** The newest version that can be read. */
  current(now: number): ParameterVersion | undefined {
    return this.#versions.findLast(({ visibleAt }) => visibleAt !== undefined && visibleAt <= now);
  }

  /** One version by number. */
  at(version: number, now: number): ParameterVersion | undefined {
    return this.history(now).find((one) => one.version === version);
  }

  /** All versions that can be read, oldest first. */
  history(now: number): ParameterVersion[] {
    return this.#versions.filter(({ visibleAt }) => visibleAt !== undefined && visibleAt <= now);
  }
}
