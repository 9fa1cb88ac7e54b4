import { describe, expect, test } from 'vitest';
import { Abstraction } from '../../../checker/random/abstraction.ts';
import {
  enumeration,
  flag,
  int,
  links,
  list,
  node,
  optional,
  perNode,
  record,
} from '../../../checker/state/fields.ts';
import { type Node, nodeType } from '../../../checker/state/nodeType.ts';
import { defineSchema } from '../../../checker/state/schema.ts';

const server = nodeType('server', 3);
type Server = Node<'server'>;
const schema = defineSchema({
  protocol: {
    servers: perNode(
      server,
      record({
        mode: enumeration('idle', 'busy', 'gone'),
        slow: flag(),
        term: int(0, 9),
        log: list(int(0, 9), 4),
        follows: optional(node(server)),
      }),
    ),
    network: links(server, record({ kind: enumeration('none', 'request') })),
    open: flag(),
  },
  ghost: { seen: flag() },
  budget: { crashes: int(0, 2) },
});
const abstraction = new Abstraction(schema);
type State = ReturnType<typeof schema.create>;

function abstractOf(change: (state: State) => void): number {
  const state = schema.create();
  change(state);
  return abstraction.of(state.bytes);
}

const initial = abstractOf(() => undefined);
const [first, second, third] = server.all as unknown as readonly [Server, Server, Server];

describe('the abstract state', () => {
  test.each<[string, (state: State) => void]>([
    [
      'a number',
      ({ protocol }) => {
        protocol.servers.get(first).term = 3;
      },
    ],
    ['a log', ({ protocol }) => protocol.servers.get(first).log.push(4)],
    [
      'a node',
      ({ protocol }) => {
        protocol.servers.get(first).follows = second;
      },
    ],
    [
      'the ghost',
      ({ ghost }) => {
        ghost.seen = true;
      },
    ],
    [
      'a budget',
      ({ budget }) => {
        budget.crashes = 1;
      },
    ],
  ])('leaves out %s', (_, change) => {
    expect(abstractOf(change)).toBe(initial);
  });

  test.each<[string, (state: State) => void]>([
    [
      'an enumeration of a node',
      ({ protocol }) => {
        protocol.servers.get(first).mode = 'busy';
      },
    ],
    [
      'a flag of a node',
      ({ protocol }) => {
        protocol.servers.get(first).slow = true;
      },
    ],
    [
      'a link',
      ({ protocol }) => {
        protocol.network.get(first, second).kind = 'request';
      },
    ],
    [
      'a flag of nobody',
      ({ protocol }) => {
        protocol.open = true;
      },
    ],
  ])('tells apart %s', (_, change) => {
    expect(abstractOf(change)).not.toBe(initial);
  });

  test('does not tell who the nodes are', () => {
    const busy = server.all.map(one =>
      abstractOf(({ protocol }) => {
        protocol.servers.get(one).mode = 'busy';
      }),
    );
    expect(new Set(busy).size).toBe(1);
    const oneWay = abstractOf(({ protocol }) => {
      protocol.network.get(third, first).kind = 'request';
    });
    const other = abstractOf(({ protocol }) => {
      protocol.network.get(first, third).kind = 'request';
    });
    expect(oneWay).toBe(other);
  });

  test('tells what is true of one node from what is true of two', () => {
    const ofOne = abstractOf(({ protocol }) => {
      protocol.servers.get(first).mode = 'busy';
      protocol.servers.get(first).slow = true;
    });
    const ofTwo = abstractOf(({ protocol }) => {
      protocol.servers.get(first).mode = 'busy';
      protocol.servers.get(second).slow = true;
    });
    expect(ofOne).not.toBe(ofTwo);
  });
});
