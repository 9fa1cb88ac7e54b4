import { Option } from 'commander';

/** `--deadlock`. */
export function deadlockOption(): Option {
  return new Option(
    '--deadlock',
    'look for states in which nothing can happen, and no end is meant',
  );
}
