/*
 * The neutral form of a log: JSON, one object a line, the first of which says what the others are of. The JSON
 * Schema beside this file is generated from these interfaces (`npm run schema`) and checked against them in CI.
 */

/** Any JSON value. */
type LogJson = null | boolean | number | string | LogJson[] | { [key: string]: LogJson };

/** The first line: which model the log is held to. */
export interface LogHeader {
  format: 'highwater-log';
  /** Version of this format. */
  formatVersion: 1;
  /** The model, as `list` names it. */
  model: string;
  /** Its settings; its defaults where they are not named. */
  settings?: { [name: string]: number | boolean | string | string[] };
  /** How often the environment may do what; nothing is done that is not named. */
  bounds?: { [name: string]: number };
  /** Deliberate defects that are switched on. */
  defects?: string[];
  /**
   * Paths of fields of which every change was observed: `protocol.nodes.node-1.epoch`. An unobserved step changes
   * none of them.
   */
  watched?: string[];
  /** The actions that may happen unobserved; all if absent. */
  unobserved?: string[];
  /**
   * The most unobserved steps between two lines; 3 if absent.
   *
   * @minimum 0
   * @maximum 20
   * @TJS-type integer
   */
  mostUnobserved?: number;
}

/** An action, and those of its arguments that are known. */
interface LoggedStep {
  action: string;
  params?: { [name: string]: number | string | null };
}

/** What one or several lines may mean. */
export interface LoggedReading {
  /**
   * How many lines, from this one on, tell of the same step; 1 if absent.
   *
   * @minimum 1
   * @TJS-type integer
   */
  lines?: number;
  /** `state`: somebody looked, and no step was taken. `step` if absent. */
  kind?: 'step' | 'state';
  /** The step is one of these; if absent any that changes one of the fields at least. */
  steps?: LoggedStep[];
  /** Fields as they are then, by their paths as traces have them; `[-1]` is the last element of a list. */
  state?: { [path: string]: LogJson };
}

/** Every further line: what was observed, or several ways to read it. */
export interface LogLine extends LoggedReading {
  /** What the log itself says there, for people. */
  says?: string;
  /** Several ways to read the line, in place of one. */
  readings?: LoggedReading[];
}

/** Any line of a log. */
export type LogFileLine = LogHeader | LogLine;
