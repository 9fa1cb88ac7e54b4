import type { Cut } from '../frame.ts';
import type { GenericNode } from './genericView.ts';
import type { Said } from './said.ts';

/** A value with its name. */
export interface Fact extends Said {
  readonly label: string;
}

/** What a node is, in a word. */
export interface Chip extends Said {
  /** Colours it as that epoch. */
  readonly epoch?: number;
  /** It has the lead. */
  readonly leads?: boolean;
}

/** One entry of a log, or what is shown in its place. */
export interface LogCell {
  readonly offset: number;
  /** The record in few characters: `r1`. */
  readonly label: string;
  /** The record in words. */
  readonly words: string;
  readonly epoch?: number;
  readonly isFlushed: boolean;
  /** It is below the high watermark. */
  readonly isCommitted: boolean;
  /** Nothing is kept there any more: deleted, or only in a snapshot. */
  readonly isDeleted?: boolean;
  /** The step has written it. */
  readonly changed: boolean;
  /** The step has taken it away. */
  readonly isRemoved?: boolean;
  /** How it differs from the log that it is compared with. */
  readonly differs?: string;
}

/** An offset with a name, drawn on the left of the entry there. */
export interface LogMark {
  readonly name: string;
  readonly offset: number;
  readonly kind: 'highWatermark' | 'end' | 'other';
  readonly changed: boolean;
}

/** The place of one offset. */
export interface LogSlot {
  readonly offset: number;
  readonly cell?: LogCell;
  readonly marks: readonly LogMark[];
}

/** A log as a row of cells. */
export interface LogStrip {
  /** The same in words. */
  readonly words: string;
  readonly slots: readonly LogSlot[];
  /** So many offsets on the left are not shown. */
  readonly hidden: number;
}

/** A node with its log. */
export interface NodeRow {
  readonly name: string;
  readonly condition: 'up' | 'down' | 'paused' | 'fenced';
  readonly chips: readonly Chip[];
  readonly strip: LogStrip;
  readonly facts: readonly Fact[];
}

/** Offsets of which something is remembered that is no node's log. */
export interface RecordRow {
  readonly name: string;
  /** What is remembered here. */
  readonly hint: string;
  /** What has become of it. */
  readonly note: Said;
  readonly strip: LogStrip;
}

export interface ViewTable {
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    /** What is to be said of the whole row. */
    readonly note?: Said;
    /** It is what the others are compared with. */
    readonly isReference: boolean;
    readonly cells: readonly Said[];
  }[];
}

/** Something that was sent and is neither handled nor lost. */
export interface MessageRow {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly content: string;
  /** The step has sent it. */
  readonly isNew: boolean;
  /** The step that sent it, if that is known. */
  readonly sent?: number;
}

/** One part of what there is to see of a state. */
export type Part =
  | {
      readonly kind: 'nodes';
      readonly rows: readonly NodeRow[];
      readonly records: readonly RecordRow[];
    }
  | { readonly kind: 'table'; readonly title: string; readonly table: ViewTable }
  | { readonly kind: 'messages'; readonly title: string; readonly rows: readonly MessageRow[] }
  | { readonly kind: 'facts'; readonly title: string; readonly facts: readonly Fact[] }
  | { readonly kind: 'rest'; readonly title: string; readonly node: GenericNode };

/** What belongs together; the title is left out if there is only one. */
export interface Section {
  readonly title: string;
  readonly parts: readonly Part[];
}

/** A cut, and whether the step has made it. */
export interface MadeCut extends Cut {
  readonly isNew: boolean;
}
