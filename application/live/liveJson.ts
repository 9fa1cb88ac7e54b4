/** A story that can be played on a real cluster. */
interface StoryJson {
  readonly name: string;
  /** What it tells, in a sentence. */
  readonly tells: string;
  /** The release of Kafka that it is played on. */
  readonly kafka: string;
}

/** What came of a story. */
interface PlayedJson extends StoryJson {
  /** Each time that it was played. */
  readonly runs: readonly {
    readonly verdict: string;
    readonly because: string;
    readonly seconds: number;
    /** The most memory that all nodes took together, in MiB. */
    readonly megabytes: number;
  }[];
}

/** A trace that a real cluster cannot be steered along. */
interface RefusedJson {
  readonly name: string;
  /** The step, counted from 1; 0 where it is the trace as a whole. */
  readonly step: number;
  readonly problem: string;
}

/** `live` in a JSON document. */
export interface LiveJson {
  /** What there is to be played; empty where stories were played. */
  readonly stories: readonly StoryJson[];
  readonly played: readonly PlayedJson[];
  readonly refused: readonly RefusedJson[];
  /** Whether every story is confirmed; null where none was played. */
  readonly confirmed: boolean | null;
}
