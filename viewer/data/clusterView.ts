/**
 * How bad something is: nothing is lost and nothing stops, something stops or is open, something is lost; or
 * nothing is claimed.
 */
export type Tone = 'good' | 'warning' | 'bad' | 'none';

/** What a failure costs a class of topics. */
export interface ViewCell {
  readonly text: string;
  readonly tone: Tone;
  /** The index of the story that shows it, if there is one. */
  readonly story?: number;
}

/** Topics that keep their records alike. */
export interface ViewClass {
  /** All of them. */
  readonly topics: readonly string[];
  readonly copies: string;
  readonly minimum: string;
  /** One for each failure. */
  readonly cells: readonly ViewCell[];
  /** Nodes that have a copy of a partition of it, as Kafka may place them; the first leads. */
  readonly placed: readonly number[];
}

/** A node as it is drawn. */
export interface ViewNode {
  readonly name: string;
  readonly id: string;
  readonly isBroker: boolean;
  readonly isVoter: boolean;
  /** Whether a file describes it; else another one names it. */
  readonly isDescribed: boolean;
}

/** Nodes that a failure takes together: a rack, or a machine; without a name those that share nothing known. */
export interface ViewGroup {
  readonly name: string;
  /** Indexes of nodes. */
  readonly nodes: readonly number[];
}

/** A change that helps. */
export interface ViewAdvice {
  readonly title: string;
  readonly buys: string;
  readonly costs: string;
  readonly edits: readonly {
    readonly file: string;
    readonly line: number;
    /** The line as it is; absent where the new one comes after it. */
    readonly before?: string;
    readonly after: string;
  }[];
}

/** The answer about a cluster, as a page shows it: words and numbers alone. */
export interface ClusterView {
  readonly title: string;
  readonly facts: string;
  /** Sentences that stand before the table, such as where the cluster stands now. */
  readonly remarks: readonly string[];
  readonly verdict: { readonly word: string; readonly tone: Tone; readonly meaning: string };
  /** What may fail, a column each. */
  readonly failures: readonly { readonly title: string; readonly what: string }[];
  readonly classes: readonly ViewClass[];
  readonly legend: readonly string[];
  readonly nodes: readonly ViewNode[];
  readonly groups: readonly ViewGroup[];
  /** What stands beside the nodes and is not among them: servers of ZooKeeper, voters of unknown number. */
  readonly beside: string | undefined;
  /** What can be told of each story; the traces of the page are in this order. */
  readonly stories: readonly { readonly title: string; readonly says: string }[];
  readonly advice: readonly ViewAdvice[];
  readonly assumptions: readonly {
    readonly setting: string;
    readonly value: string;
    readonly why: string;
  }[];
  readonly warnings: readonly string[];
  readonly files: readonly string[];
  /** By what the page was made: "Highwater 0.9.0". */
  readonly by: string;
}
