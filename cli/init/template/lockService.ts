import {
  type AnyAction,
  type AnyProperty,
  actionsOf,
  anyNode,
  defineModel,
  defineSchema,
  flag,
  int,
  node,
  nodeType,
  optional,
  perNode,
  propertiesOf,
  record,
  type Specification,
} from 'highwater';

/** What may be changed of the lock service, to see what becomes of its properties. */
export interface LockOptions {
  readonly clients?: number;
  /** How often the lock is granted, and how often a lease ends unnoticed, at most. */
  readonly grants?: number;
  readonly expiries?: number;
  /** Whether the storage refuses tokens that are older than one it has seen. */
  readonly fencing?: boolean;
}

/**
 * A lock with a lease, and a storage that only the holder of the lock should write to. With each grant
 * goes a token, which grows. A lease may end while its holder stands still: the holder does not notice,
 * and writes as if it had the lock.
 */
export function lockService(options: LockOptions = {}): Specification {
  const { clients = 2, grants = 3, expiries = 1, fencing = false } = options;
  const state = stateOf(clients, grants, expiries);
  const model = defineModel({
    name: 'lock-service',
    version: 1,
    config: { clients, fencing },
    bounds: { grants, expiries },
    defects: [],
    schema: state.schema,
    recorders,
    initialStates: [({ budget }) => void Object.assign(budget, { grants, expiries })],
    actions: [...lockActions(state), write(state, fencing)],
  });
  return { model, properties: propertiesFor(state) };
}

function stateOf(clients: number, grants: number, expiries: number) {
  const client = nodeType('client', clients);
  const token = int(0, grants);
  const schema = defineSchema({
    // What the real system knows.
    protocol: {
      holder: optional(node(client)),
      lastToken: token,
      clients: perNode(client, record({ holds: flag(), token })),
      newestTokenSeen: token,
    },
    // What only properties look at.
    ghost: { newestWrite: token, overtaken: flag() },
    // How often the bounded actions may still happen.
    budget: { grants: int(0, grants), expiries: int(0, expiries) },
  });
  return { client, schema };
}

type LockState = ReturnType<typeof stateOf>;

/** How actions tell the ghost what happened. */
const recorders = {
  written(ghost: { newestWrite: number; overtaken: boolean }, token: number): void {
    if (token < ghost.newestWrite) ghost.overtaken = true;
    else ghost.newestWrite = token;
  },
};

/** What becomes of the lock. */
function lockActions({ client, schema }: LockState): AnyAction[] {
  const action = actionsOf(schema, recorders);
  return [
    action({
      name: 'acquire',
      kind: 'client',
      actor: 'client',
      phrase: '{client} acquires the lock',
      params: { client: anyNode(client) },
      spends: 'grants',
      enabled({ protocol }, { client: by }) {
        if (protocol.holder !== undefined) return 'the lock is taken';
        return !protocol.clients.get(by).holds || 'the client believes that it has the lock';
      },
      step({ protocol }, { client: by }) {
        protocol.holder = by;
        protocol.lastToken++;
        const view = protocol.clients.get(by);
        view.holds = true;
        view.token = protocol.lastToken;
      },
    }),
    action({
      name: 'release',
      kind: 'client',
      actor: 'client',
      phrase: '{client} releases the lock',
      params: { client: anyNode(client) },
      enabled: ({ protocol }, { client: by }) =>
        protocol.clients.get(by).holds || 'the client does not hold the lock',
      step({ protocol }, { client: by }) {
        protocol.clients.get(by).holds = false;
        if (protocol.holder === by) protocol.holder = undefined;
      },
    }),
    action({
      name: 'expire',
      kind: 'fault',
      actor: 'clock',
      phrase: 'lease runs out unnoticed',
      params: {},
      spends: 'expiries',
      enabled: ({ protocol }) => protocol.holder !== undefined || 'there is no lease',
      step({ protocol }) {
        protocol.holder = undefined;
      },
    }),
  ];
}

/** A client that believes to hold the lock writes. */
function write({ client, schema }: LockState, fencing: boolean): AnyAction {
  return actionsOf(
    schema,
    recorders,
  )({
    name: 'write',
    kind: 'client',
    actor: 'client',
    phrase: '{client} writes to the storage',
    params: { client: anyNode(client) },
    enabled: ({ protocol }, { client: by }) =>
      protocol.clients.get(by).holds || 'the client does not hold the lock',
    step({ protocol, record: tell }, { client: by }) {
      const view = protocol.clients.get(by);
      if (fencing && view.token < protocol.newestTokenSeen) {
        view.holds = false;
        return;
      }
      protocol.newestTokenSeen = view.token;
      tell.written(view.token);
    },
  });
}

function propertiesFor({ schema }: LockState): AnyProperty[] {
  const { invariant, sometimes } = propertiesOf(schema);
  return [
    invariant({
      name: 'writes-in-order-of-grants',
      statement: 'The storage takes no write of a client after one of a later holder.',
      loss: 'What the later holder wrote is overwritten, although it had the lock.',
      when: ({ ghost }) => ghost.newestWrite > 0,
      holds: ({ ghost }) =>
        !ghost.overtaken || `a write came after one with token ${ghost.newestWrite}`,
    }),
    invariant({
      name: 'holder-has-newest-token',
      statement: 'Who holds the lock has the token that was given last.',
      when: ({ protocol }) => protocol.holder !== undefined,
      holds({ protocol }) {
        const { holder, clients, lastToken } = protocol;
        return holder === undefined || clients.get(holder).token === lastToken;
      },
    }),
    sometimes({
      name: 'lock-handed-over',
      statement: 'A client gets the lock after another one.',
      reaches: (before, after) => before.protocol.lastToken === 1 && after.protocol.lastToken === 2,
    }),
  ];
}
