import { majorityOf } from '../../models/kafkaConfig/quorumArithmetic.ts';
import type { Outage, QuorumSurvival } from './survival.ts';

/** What came of an outage, without its steps. */
export interface OutageRow {
  readonly down: number;
  readonly leaderDown: boolean;
  readonly commits: boolean;
  /** The length of the run: to the new record, or to the outage where nothing more is committed. */
  readonly steps: number;
  /** How many distinct states were explored after the outage; null where a run was found at once. */
  readonly states: number | null;
  /** Whether a survivor was elected in any of them. */
  readonly elects: boolean | null;
}

/** What a quorum survives, as documents have it. */
export interface QuorumRow {
  readonly voters: number;
  /** How many voters must be alive, by counting. */
  readonly majority: number;
  /** How many voters may fail, whichever they are. */
  readonly survives: { readonly played: number; readonly counted: number };
  readonly outages: readonly OutageRow[];
}

/** The row of a quorum that was played. */
export function quorumRow({ voters, survives, outages }: QuorumSurvival): QuorumRow {
  const majority = majorityOf(voters);
  return {
    voters,
    majority,
    survives: { played: survives, counted: voters - majority },
    outages: outages.map(outageRow),
  };
}

function outageRow({ down, leaderDown, commits, steps, explored }: Outage): OutageRow {
  const { states = null, elects = null } = explored ?? {};
  return { down, leaderDown, commits, steps: steps.length, states, elects };
}
