import type { AslCatcher, AslMachine, AslState } from './asl.ts';
import { DataFlow } from './data-flow.ts';
import { distributedMapState } from './distributed-map.ts';
import { inlineMapState, parallelState } from './fork-states.ts';
import type { Manner } from './history-events.ts';
import { choiceState, failState, passState, succeedState, waitState } from './simple-states.ts';
import type { Catcher, Execute, StateGraph, StateNode } from './state-graph.ts';
import { taskState } from './task-state.ts';

/** Fields that change what a state does and that the engine would silently ignore. */
const NOT_MODELLED = [
  'QueryLanguage',
  'Assign',
  'Arguments',
  'Output',
  'HeartbeatSeconds',
  'HeartbeatSecondsPath',
  'ItemBatcher',
  'ToleratedFailurePercentagePath',
  'ToleratedFailureCountPath',
];

/** Prepares a definition to be run; throws on what the engine does not model, naming the state. */
export function compileMachine({ StartAt, States, TimeoutSeconds, QueryLanguage }: AslMachine): StateGraph {
  if (QueryLanguage !== undefined && QueryLanguage !== 'JSONPath') {
    throw new Error(`the engine runs JSONPath definitions, not ${QueryLanguage}`);
  }
  const nodes = Object.entries(States).map(([name, state]) => [name, compileState(name, state)] as const);
  return { startAt: StartAt, timeoutSeconds: TimeoutSeconds, states: new Map(nodes) };
}

function compileState(name: string, state: AslState): StateNode {
  const unknown = NOT_MODELLED.find((field) => field in state && state[field as keyof AslState] !== 'JSONPath');
  if (unknown) throw new Error(`state '${name}': the engine does not model ${unknown}`);
  const { execute, manner = 'plain' } = behaviourOf(name, state);
  return {
    name,
    type: state.Type,
    manner,
    retriers: state.Retry ?? [],
    catchers: (state.Catch ?? []).map((catcher) => compileCatcher(name, catcher)),
    execute,
  };
}

function behaviourOf(name: string, state: AslState): { execute: Execute; manner?: Manner } {
  switch (state.Type) {
    case 'Task':
      return taskState(name, state);
    case 'Pass':
      return { execute: passState(name, state) };
    case 'Choice':
      return { execute: choiceState(name, state) };
    case 'Wait':
      return { execute: waitState(name, state) };
    case 'Succeed':
      return { execute: succeedState(name, state) };
    case 'Fail':
      return { execute: failState(name, state) };
    case 'Parallel':
      return { execute: parallelState(name, state, (state.Branches ?? []).map(compileMachine)) };
    case 'Map':
      return mapState(name, state);
  }
}

function mapState(name: string, state: AslState): { execute: Execute; manner: Manner } {
  const processor = state.ItemProcessor ?? state.Iterator;
  if (!processor) throw new Error(`state '${name}': a Map needs an ItemProcessor`);
  const graph = compileMachine(processor);
  return processor.ProcessorConfig?.Mode === 'DISTRIBUTED'
    ? { execute: distributedMapState(name, state, graph), manner: 'distributed' }
    : { execute: inlineMapState(name, state, graph), manner: 'plain' };
}

const compileCatcher = (name: string, { ErrorEquals, Next, ResultPath }: AslCatcher): Catcher => ({
  errorEquals: ErrorEquals,
  next: Next,
  data: new DataFlow(name, ResultPath === undefined ? {} : { ResultPath }),
});
