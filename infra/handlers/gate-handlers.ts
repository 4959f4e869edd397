import type { Handler } from './handler.ts';

/** Handlers that judge the image, and what they set going for it. */
export const gateHandlers = {
  'age-limit': {
    uses: { images: ['find'], table: ['get', 'query', 'transact'] },
  },
  'answer-custom-gate': {
    called: 'gate',
    queues: ['ask-custom-gate', 'end-gate-instances', 'write-image-tags'],
    uses: {
      executions: ['succeed'],
      functions: ['queue'],
      table: ['delete', 'get', 'put', 'query', 'transact', 'update'],
    },
  },
  'ask-custom-gate': {
    // It waits for the gate's own function to return.
    timeoutSeconds: 900,
    called: 'queue',
    queues: ['ask-custom-gate', 'end-gate-instances', 'write-image-tags'],
    uses: {
      executions: ['succeed'],
      functions: ['call', 'queue'],
      gateMachines: ['start'],
      images: ['find'],
      instances: ['launch'],
      runbooks: ['start'],
      table: ['delete', 'get', 'put', 'query', 'transact', 'update'],
    },
  },
  'custom-gates': {
    queues: ['ask-custom-gate', 'end-gate-instances', 'write-image-tags'],
    uses: {
      executions: ['succeed'],
      functions: ['queue'],
      table: ['delete', 'get', 'put', 'query', 'transact', 'update'],
    },
  },
  'end-gate-instances': {
    called: 'queue',
    uses: { instances: ['list', 'terminate'], table: ['get', 'transact'] },
  },
  'inspector-scan': {
    queues: ['end-gate-instances', 'write-image-tags'],
    uses: {
      executions: ['succeed'],
      functions: ['queue'],
      images: ['find'],
      instances: ['launch', 'list'],
      scans: ['coverage', 'findings'],
      table: ['delete', 'get', 'put', 'query', 'transact', 'update'],
    },
  },
  'recheck-gates': {
    queues: ['write-image-tags'],
    uses: {
      alarms: ['data', 'wentOff'],
      functions: ['queue'],
      images: ['find'],
      notifications: ['publish'],
      scans: ['coverage', 'findings'],
      table: ['get', 'put', 'query', 'transact'],
    },
  },
  'resolve-images': {
    uses: {
      executions: ['succeed'],
      images: ['find', 'findByTags', 'findCopies', 'launchPermission'],
      keys: ['find', 'ofImage'],
      organization: ['accounts', 'tags'],
      table: ['delete', 'get', 'put', 'transact'],
    },
  },
  'tag-check': {
    queues: ['write-image-tags'],
    uses: { functions: ['queue'], images: ['find'], table: ['get', 'query', 'transact'] },
  },
  'watch-findings': {
    called: 'queue',
    starts: 'restore',
    queues: ['write-image-tags'],
    uses: {
      executions: ['start', 'status', 'stop'],
      functions: ['queue'],
      images: ['find'],
      notifications: ['publish'],
      scans: ['coverage', 'findings'],
      table: ['get', 'put', 'query', 'queryIndex', 'transact'],
    },
  },
  'write-image-tags': {
    called: 'queue',
    uses: { images: ['find', 'tag', 'untag'], table: ['get', 'transact'] },
  },
} as const satisfies Readonly<Record<string, Handler>>;
