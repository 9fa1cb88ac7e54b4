import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import type { Setting } from '../../models/description/settings.ts';

/** What a page offers of a model, as plain data. */
export interface ModelSheet {
  readonly name: string;
  readonly summary: string;
  readonly settings: readonly {
    readonly name: string;
    readonly value: Setting;
    readonly meaning: string;
  }[];
  readonly bounds: readonly {
    readonly name: string;
    readonly meaning: string;
    /** In the scope that is covered completely, and in the one that runs are drawn from. */
    readonly exhaustive: number;
    readonly random: number;
  }[];
  readonly defects: readonly {
    readonly name: string;
    readonly statement: string;
    readonly source: string;
    readonly caughtBy: string;
    /** What it has to be joined with, where another rule hides it. */
    readonly unmaskedBy: string | null;
  }[];
  /** Whether its small scope can be covered in minutes. */
  readonly isCoverable: boolean;
}

/** What a page offers of a model. */
export function sheetOf(entry: ModelEntry): ModelSheet {
  const { name, summary, settings, bounds, defects, isCoverable } = entry;
  const { smallScope, largeScope, quietScope } = entry;
  return {
    name,
    summary,
    isCoverable,
    settings: settings.map(each => ({
      name: each.name,
      value: each.value,
      meaning: each.meaning,
    })),
    bounds: bounds.map(each => ({
      name: each.name,
      meaning: each.meaning,
      exhaustive: smallScope[each.name] ?? quietScope[each.name] ?? 0,
      random: largeScope[each.name] ?? quietScope[each.name] ?? 0,
    })),
    defects: defects.map(each => ({
      name: each.name,
      statement: each.statement,
      source: each.source,
      caughtBy: each.caughtBy,
      unmaskedBy: each.masked?.unmaskedBy ?? null,
    })),
  };
}
