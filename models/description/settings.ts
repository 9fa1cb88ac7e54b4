/** A setting of a model: what `--set` gives as text, and what traces hold. */
export type Setting = number | boolean | string | readonly string[];

/** Settings by name; those that are not named have their default. */
export type Settings = Readonly<Record<string, Setting>>;

/** A configuration: nothing but settings. */
export type ConfigShape<Config> = Readonly<Record<keyof Config, Setting>>;

/** The bounds of a model: nothing but numbers. */
export type BoundsShape<ModelBounds> = Readonly<Record<keyof ModelBounds, number>>;

/** The words of which a setting takes one, or a list of several; none for numbers and flags. */
type WordOf<Value> = Value extends string
  ? Value
  : Value extends readonly (infer Item extends string)[]
    ? Item
    : never;

/** What is said about a setting with values of this type. */
type SettingWords<Value> = {
  readonly meaning: string;
  /** The setting with this value as a report names it: "3 brokers". */
  readonly inWords: (value: Value) => string;
  readonly choices?: readonly string[];
} & ([WordOf<Value>] extends [never]
  ? { readonly choices?: never }
  : string extends WordOf<Value>
    ? {
        /** Whether a word is one, where there are too many to list. */
        readonly accepts: (word: string) => boolean;
        /** What is expected, for the error of another word. */
        readonly expected: string;
      }
    : {
        /** The words there are. */
        readonly choices: readonly WordOf<Value>[];
      });

/** What is said about each setting of a model. */
export type SettingTable<Config> = { readonly [Name in keyof Config]: SettingWords<Config[Name]> };

/** What a bound limits: as `list` says it, and as one or several of it are counted. */
export interface BoundWords {
  readonly meaning: string;
  readonly one: string;
  readonly several: string;
}

/** What is said about each bound of a model. */
export type BoundTable<ModelBounds> = { readonly [Name in keyof ModelBounds]: BoundWords };

/** The names in a table; its type must list them all, as those of literal tables do. */
export function keysOf<Table extends object>(table: Table): (keyof Table & string)[] {
  return Object.keys(table) as (keyof Table & string)[];
}

/** What is named of some settings or bounds, as a record: an interface lists its names, a record any. */
export function recordOf<Shape extends Readonly<Record<keyof Shape, Value>>, Value>(
  named: Partial<Shape>,
): Readonly<Record<string, Value>> {
  const entries = keysOf(named).flatMap(name => {
    const value: Value | undefined = named[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}
