import type { ComponentType } from 'preact';
import type { TraceFile, TraceJson } from '../../../checker/trace/traceFile.ts';

/** What is to be seen of a node on its lane in one state. */
export interface LaneState {
  readonly condition: 'up' | 'down' | 'paused' | 'fenced';
  /** What the node is, in a word: "leading", "candidate". */
  readonly role?: string;
  /** The leader epoch that the node is in; colours its lane. */
  readonly epoch?: number;
  /** The node takes itself for the leader of that epoch. */
  readonly leads: boolean;
}

/** No message of the first gets through to the second. */
export interface Cut {
  readonly from: string;
  readonly to: string;
}

/** What a view of the cluster is given. */
export interface ClusterProps {
  readonly trace: TraceFile;
  /** All states of the run, the initial one first. */
  readonly states: readonly TraceJson[];
  /** Which of them to show; 0 is the initial one. */
  readonly step: number;
}

/** How the states of one model are shown. */
export interface Frame {
  /** Everybody who has a lane, from top to bottom. */
  readonly lanes: (trace: TraceFile) => readonly string[];
  readonly laneState: (state: TraceJson, lane: string) => LaneState;
  readonly cuts: (state: TraceJson) => readonly Cut[];
  /** The whole state, as people of the field draw it. */
  readonly Cluster: ComponentType<ClusterProps>;
}
