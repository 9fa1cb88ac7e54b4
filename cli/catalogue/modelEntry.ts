import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty } from '../../checker/model/property.ts';

/** A setting of a model: what `--set` and `--bound` give as text, and what traces hold. */
export type Setting = number | boolean | string | readonly string[];

/** What a model is to be built from. */
export interface ModelRequest {
  readonly config: Readonly<Record<string, Setting>>;
  readonly bounds: Readonly<Record<string, number>>;
  readonly defects: readonly string[];
}

/** A model with the properties that apply to it. */
export interface BuiltModel {
  readonly model: AnyModel;
  readonly properties: readonly AnyProperty[];
  /** Questions rather than claims: looked at only where they are asked for by name. */
  readonly questions: readonly AnyProperty[];
}

/** A deliberate defect, and the smallest change of scope in which it is noticed. */
export interface DefectEntry {
  readonly name: string;
  readonly statement: string;
  readonly source: string;
  readonly caughtBy: string;
  /** Why another rule hides it, and the defect that takes that rule away. */
  readonly masked?: { readonly because: string; readonly unmaskedBy: string };
  readonly config: Readonly<Record<string, Setting>>;
  /** Over the quiet scope. */
  readonly bounds: Readonly<Record<string, number>>;
}

/** A model as the command line knows it. */
export interface ModelEntry {
  readonly name: string;
  readonly summary: string;
  /** Every setting with its default and what it means. */
  readonly settings: readonly {
    readonly name: string;
    readonly value: Setting;
    readonly meaning: string;
  }[];
  /** Every bound with what it limits. */
  readonly boundMeanings: Readonly<Record<string, string>>;
  /** The scope in which nothing happens that a bound limits, but for what clients do. */
  readonly quietScope: Readonly<Record<string, number>>;
  /** The scope that `explore` covers completely, and the one that `simulate` draws from. */
  readonly smallScope: Readonly<Record<string, number>>;
  readonly largeScope: Readonly<Record<string, number>>;
  readonly defects: readonly DefectEntry[];
  /** @throws UsageError when a setting, bound or defect is unknown or out of range. */
  build(request: ModelRequest): BuiltModel;
}
