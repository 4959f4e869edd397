import type {
  AddTagsToResourceCommandInput,
  DeleteParameterCommandInput,
  GetCalendarStateCommandInput,
  GetCalendarStateCommandOutput,
  GetParameterCommandInput,
  GetParameterCommandOutput,
  GetParameterHistoryCommandInput,
  GetParameterHistoryCommandOutput,
  GetParametersCommandInput,
  GetParametersCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  Parameter,
  ParameterType,
  PutParameterCommandInput,
  PutParameterCommandOutput,
} from '@aws-sdk/client-ssm';
import type { Call, Operations, Reply } from '../call.ts';
import { parameterStore } from '../model.ts';
import { page } from '../page.ts';
import { SimulatedError } from '../simulated-error.ts';
import { SimParameter } from '../state/sim-parameter.ts';
import type { World } from '../world.ts';

/** A parameter may be named by its ARN. */
const bare = (name: string): string => /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter(\/.*)$/.exec(name)?.[1] ?? name;

const notFound = (name: string): SimulatedError =>
  new SimulatedError('ParameterNotFound', `Parameter ${name} not found.`);

/** Parameter Store, with the asynchronous validation of image parameters, and Change Calendar. */
export const ssm = (world: World): Operations => {
  const read = ({ account, region }: Call, asked: string): Parameter | undefined => {
    const now = Date.now();
    const [name = '', selector] = bare(asked).split(':');
    const parameter = world.target(account, region).parameters.get(name);
    const version = selector === undefined ? parameter?.current(now) : parameter?.at(Number(selector), now);
    if (parameter === undefined || version === undefined) return undefined;
    return {
      Name: parameter.name,
      Type: parameter.type as ParameterType,
      Value: version.value,
      Version: version.version,
      ...(selector !== undefined && { Selector: `:${selector}` }),
      LastModifiedDate: new Date(version.writtenAt),
      ARN: parameter.arn,
      DataType: parameter.dataType,
    };
  };

  const existing = ({ account, region }: Call, name: string): SimParameter => {
    const parameter = world.target(account, region).parameters.get(bare(name));
    if (parameter === undefined) throw notFound(name);
    return parameter;
  };

  const getParameter = (input: GetParameterCommandInput, call: Call): Reply<GetParameterCommandOutput> => {
    const parameter = read(call, input.Name ?? '');
    if (parameter === undefined) throw notFound(input.Name ?? '');
    return { Parameter: parameter };
  };

  const getParameters = (input: GetParametersCommandInput, call: Call): Reply<GetParametersCommandOutput> => {
    const names = input.Names ?? [];
    if (names.length > 10) {
      throw new SimulatedError('ValidationException', 'Member must have length less than or equal to 10');
    }
    const found = names.map((name) => [name, read(call, name)] as const);
    return {
      Parameters: found.flatMap(([, parameter]) => parameter ?? []),
      InvalidParameters: found.filter(([, parameter]) => parameter === undefined).map(([name]) => name),
    };
  };

  const putParameter = (input: PutParameterCommandInput, call: Call): Reply<PutParameterCommandOutput> => {
    const { account, region } = call;
    const name = bare(input.Name ?? '');
    const target = world.target(account, region);
    const broken = world.brokenParameter?.(call, name, input.Value ?? '');
    if (broken !== undefined) throw broken;
    if (input.Overwrite === true && input.Tags !== undefined) {
      throw new SimulatedError('ValidationException', 'tags and overwrite can not be used together.');
    }
    let parameter = target.parameters.get(name);
    if (parameter === undefined) {
      const arn = `arn:aws:ssm:${region}:${account}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
      parameter = new SimParameter(name, arn, input.Type ?? 'String', input.DataType ?? 'text');
      target.parameters.set(name, parameter);
    } else if (input.Overwrite !== true) {
      throw new SimulatedError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    for (const { Key, Value } of input.Tags ?? []) parameter.tags.set(Key ?? '', Value ?? '');
    for (const stack of target.readersOf.get(name) ?? []) stack.touched = true;
    const value = input.Value ?? '';
    const { version } = parameter.put(value, Date.now(), world.images.launchable(region, account, value));
    return { Version: version, Tier: 'Standard' };
  };

  const deleteParameter = (input: DeleteParameterCommandInput, call: Call): Record<string, never> => {
    const { name } = existing(call, input.Name ?? '');
    world.target(call.account, call.region).parameters.delete(name);
    return {};
  };

  const getParameterHistory = (
    input: GetParameterHistoryCommandInput,
    call: Call,
  ): Reply<GetParameterHistoryCommandOutput> => {
    const parameter = existing(call, input.Name ?? '');
    const size = input.MaxResults ?? parameterStore.historyPageSize;
    const { items, next } = page(parameter.history(Date.now()), input.NextToken, size);
    return {
      Parameters: items.map(({ version, value, writtenAt }) => ({
        Name: parameter.name,
        Type: parameter.type as ParameterType,
        LastModifiedDate: new Date(writtenAt),
        Value: value,
        Version: version,
        Labels: [],
        Tier: 'Standard',
        Policies: [],
        DataType: parameter.dataType,
      })),
      ...(next && { NextToken: next }),
    };
  };

  const addTags = (input: AddTagsToResourceCommandInput, call: Call): Record<string, never> => {
    const { tags } = existing(call, input.ResourceId ?? '');
    for (const { Key, Value } of input.Tags ?? []) tags.set(Key ?? '', Value ?? '');
    return {};
  };

  const listTags = (input: ListTagsForResourceCommandInput, call: Call): Reply<ListTagsForResourceCommandOutput> => ({
    TagList: [...existing(call, input.ResourceId ?? '').tags].map(([Key, Value]) => ({ Key, Value })),
  });

  const getCalendarState = (input: GetCalendarStateCommandInput): Reply<GetCalendarStateCommandOutput> => {
    const now = Date.now();
    const times = (input.CalendarNames ?? []).flatMap((name) => world.closedCalendars.get(name) ?? []);
    const closed = times.filter(({ from, until }) => from <= now && now < until);
    const ahead = times.map(({ from }) => from).filter((from) => from > now);
    const next = closed.length > 0 ? Math.max(...closed.map(({ until }) => until)) : Math.min(...ahead);
    return {
      State: closed.length > 0 ? 'CLOSED' : 'OPEN',
      AtTime: input.AtTime ?? new Date(now).toISOString(),
      ...(Number.isFinite(next) ? { NextTransitionTime: new Date(next).toISOString() } : {}),
    };
  };

  return {
    GetParameter: getParameter,
    GetParameters: getParameters,
    PutParameter: putParameter,
    DeleteParameter: deleteParameter,
    GetParameterHistory: getParameterHistory,
    AddTagsToResource: addTags,
    ListTagsForResource: listTags,
    GetCalendarState: getCalendarState,
  };
};
