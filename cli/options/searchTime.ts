import { Option } from 'commander';
import { durationMs } from './values.ts';

/** `--time-limit`, in milliseconds. */
export function searchTimeOption(): Option {
  return new Option('--time-limit <duration>', 'for each search: 500ms, 60s, 5m')
    .argParser(durationMs)
    .default(30_000, '30s');
}
