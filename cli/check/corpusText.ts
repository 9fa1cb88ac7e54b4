import type { ReplayedCorpus } from '../../application/check/corpus.ts';
import { printable } from '../../checker/trace/renderParts.ts';
import { nextCommandLine } from '../output/commandLine.ts';

/**
 * What became of the corpus, in a line or, for each trace that failed, one more.
 *
 * @param argv - The arguments of the command that replayed it.
 */
export function corpusLines(
  { corpus, notReplayed }: ReplayedCorpus,
  folder: string,
  argv: readonly string[],
): string[] {
  const left = notReplayed.map(path => `  ${printable(path)}: NOT replayed: no time was left`);
  if (corpus.length === 0) {
    return left.length > 0
      ? ['corpus: none was replayed', ...left]
      : [`corpus: ${folder} holds no traces yet, so none was replayed`];
  }
  const failed = corpus.filter(({ outcome }) => outcome.word !== 'reproduced');
  const good = corpus.length - failed.length;
  return [
    `corpus: ${good} of ${corpus.length} traces reproduced`,
    ...failed.map(({ path, outcome: { word, step, reason } }) => {
      const where = step === undefined ? word : `${word} at step ${step}`;
      return `  ${printable(`${path}: ${where}: ${reason}`)}`;
    }),
    ...(failed.length === 0
      ? []
      : [`  renew them: ${nextCommandLine(argv, ['corpus', 'renew', '--traces', folder])}`]),
    ...left,
  ];
}
