import { messageIn, type NodeMessage } from './messages.ts';

/** A message with the place where it is written. */
export type NodeEvent = NodeMessage & {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
};

/** What a node of Kafka has logged of the protocol in one file, in its order. */
export interface NodeLog {
  readonly node: number;
  readonly file: string;
  readonly events: readonly NodeEvent[];
}

/** How many lines of a file are looked at to tell what it is. */
const MOST_LOOKED_AT = 20_000;

/** Whether a text is the log of a node: something in it tells of the protocol. */
export function isNodeLog(text: string): boolean {
  return text.split('\n', MOST_LOOKED_AT).some(line => messageIn(line) !== undefined);
}

/** Reads a log of one or several nodes; what tells of nothing is left out. */
export function readNodeLogs(file: string, text: string): NodeLog[] {
  const byNode = new Map<number, NodeEvent[]>();
  text.split(/\r?\n/).forEach((content, index) => {
    const message = messageIn(content);
    if (message === undefined) return;
    const event = { ...message, file, line: index + 1, text: content };
    const known = byNode.get(message.node);
    if (known === undefined) byNode.set(message.node, [event]);
    else known.push(event);
  });
  return [...byNode]
    .map(([node, events]) => ({ node, file, events }))
    .sort((a, b) => a.node - b.node);
}
