/** Brokers are counted from 1, as models name them; the controller is one party, however many there are. */
export type Party = number | 'controller';

/**
 * Something that is done to a cluster from outside, or waited for. What a real cluster does by itself (fetches,
 * elections, proposals) cannot be done to it: it can be held back, and awaited.
 */
export type FaultStep =
  | { readonly do: 'produce'; readonly record: number; readonly acks: '0' | '1' | 'all' }
  /** Many records, one after the other, while other steps go on. */
  | {
      readonly do: 'load';
      readonly records: number;
      readonly perSecond: number;
      readonly acks: '0' | '1' | 'all';
    }
  | { readonly do: 'consume' }
  | { readonly do: 'crash' | 'stop' | 'start' | 'pause' | 'resume'; readonly broker: number }
  /** The process dies, and what was written of the log since its beginning is gone. */
  | { readonly do: 'losePower'; readonly broker: number }
  | { readonly do: 'loseDisk'; readonly broker: number }
  /** Nothing reaches one from the other, or either way. */
  | {
      readonly do: 'cut' | 'heal';
      readonly from: Party;
      readonly to: Party;
      readonly oneWay?: boolean;
    }
  | { readonly do: 'prefer' | 'reassign'; readonly replicas: readonly number[] }
  | { readonly do: 'setMinIsr'; readonly to: number }
  | { readonly do: 'awaitAnswer'; readonly record: number }
  /** The log of a broker has grown. */
  | { readonly do: 'awaitReplica'; readonly broker: number; readonly record: number }
  | { readonly do: 'awaitLeader'; readonly broker: number | undefined }
  | { readonly do: 'awaitOutOfIsr'; readonly broker: number };

/** Steps in their order, each with the time at which it begins, where that is given. */
export interface FaultScript {
  readonly brokers: number;
  readonly steps: readonly (FaultStep & {
    readonly atMs?: number;
    /** Where it is from, for people. */
    readonly because?: string;
  })[];
}

/** A step, as people read it. */
export function stepWords(step: FaultStep): string {
  const { do: what, ...given } = step;
  const values = Object.entries(given).flatMap(([name, value]) =>
    value === undefined || name === 'atMs' || name === 'because'
      ? []
      : [`${name}=${String(value)}`],
  );
  return `${what}(${values.join(', ')})`;
}
