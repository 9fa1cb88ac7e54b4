import { Option } from 'commander';
import { durationMs } from '../../cli/options/values.ts';

/** How long is searched for one trace, and who may end it sooner. */
export interface SearchTime {
  /** For each search. */
  readonly milliseconds: number;
  readonly isInterrupted: () => boolean;
}

/** `--time-limit`, in milliseconds. */
export function searchTimeOption(): Option {
  return new Option('--time-limit <duration>', 'for each search: 500ms, 60s, 5m')
    .argParser(durationMs)
    .default(30_000, '30s');
}
