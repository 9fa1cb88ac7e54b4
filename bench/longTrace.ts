import type { TraceFile, TraceJson, TraceMessage } from '../checker/trace/traceFile.ts';

const BROKERS = 7;
const LOG = 64;
const nodes = Array.from({ length: BROKERS }, (_, index) => `broker-${index + 1}`);

/**
 * A long run made by rule, of the shape that the model of replication has: every broker in turn fetches
 * from the leader, which changes now and then, and somebody crashes and comes back.
 */
export function longTrace(template: TraceFile, length: number): TraceFile {
  const steps = Array.from({ length }, (_, index) => stepOf(index));
  return {
    ...template,
    model: { ...template.model, config: { ...template.model.config, brokers: BROKERS } },
    initial: { ...template.initial, state: initialState(template.initial.state) },
    steps: steps.map(({ step }) => step),
    commentary: {
      steps: steps.map(({ step: { actor, action } }, index) => ({
        kind: action === 'crash' ? 'fault' : action === 'restart' ? 'recovery' : 'protocol',
        phrase: `${actor} does ${action}`,
        causes: index < 2 ? [] : [index, index - 1],
      })),
      messages: steps.flatMap(({ message }) => (message === undefined ? [] : [message])),
      machines: template.commentary?.machines ?? [],
      properties: (template.commentary?.properties ?? []).map(history => ({
        ...history,
        truth: Array.from({ length: length + 1 }, (_, i) => ((i >> 4) % 2 === 0 ? 'h' : 'n')).join(
          '',
        ),
      })),
    },
  };
}

function stepOf(index: number) {
  const at = index % BROKERS;
  const [actor, leader] = [nodes[at] ?? '', nodes[(at + 1) % BROKERS] ?? ''];
  const action = ['fetch', 'produce', 'crash', 'restart', 'receiveFetchResponse'][index % 5] ?? '';
  const replica = `protocol.partitions.partition-1.replicas.${actor}`;
  const message: TraceMessage = {
    name: 'fetch',
    from: actor,
    to: leader,
    content: `from offset ${index}`,
    sent: index + 1,
    left: index + 4,
    fate: index % 9 === 0 ? 'lost' : 'delivered',
  };
  return {
    step: {
      action,
      actor,
      params: { follower: actor, leader },
      fingerprint: index.toString(16).padStart(16, '0'),
      changes: [
        { path: `${replica}.highWatermark`, before: 0, after: index % LOG },
        { path: `${replica}.log[${index % LOG}].record`, before: 0, after: index },
        {
          path: `protocol.brokers.${actor}.process`,
          before: 'running',
          after: action === 'crash' ? 'notRunning' : 'running',
        },
      ],
    },
    message: action === 'fetch' ? message : undefined,
  };
}

/** The state of the template with as many brokers, each with a long log. */
function initialState(state: TraceJson): TraceJson {
  const protocol = fieldsOf(fieldsOf(state)['protocol'] ?? null);
  const [broker = null] = Object.values(fieldsOf(protocol['brokers'] ?? null));
  const [registration = null] = Object.values(fieldsOf(protocol['registrations'] ?? null));
  const [partition = null] = Object.values(fieldsOf(protocol['partitions'] ?? null));
  const [replica = null] = Object.values(fieldsOf(fieldsOf(partition)['replicas'] ?? null));
  const log = Array.from({ length: LOG }, (_, offset) => ({ epoch: offset >> 4, record: offset }));
  const each = (value: TraceJson): TraceJson =>
    Object.fromEntries(nodes.map(name => [name, value]));
  return {
    ...fieldsOf(state),
    protocol: {
      ...protocol,
      brokers: each(broker),
      registrations: each(registration),
      partitions: {
        'partition-1': {
          ...fieldsOf(partition),
          replicas: each({ ...fieldsOf(replica), log }),
        },
      },
    },
  };
}

function fieldsOf(value: TraceJson): { [key: string]: TraceJson } {
  return value === null || typeof value !== 'object' || Array.isArray(value) ? {} : value;
}
