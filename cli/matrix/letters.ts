import type { Answer } from '../../application/matrix/matrix.ts';
import { questions } from '../../application/matrix/questions.ts';

/** A cell, with its stories or with the files that they are in. */
export type LetteredCell = {
  readonly answers: readonly Pick<Answer, 'property' | 'answer'>[];
};

/** The cell's letters: what can happen, `.` for what cannot, `-` not asked, `?` open. */
export function lettersOf({ answers }: LetteredCell): string {
  return questions
    .map(({ property, letter }) => {
      const given = answers.find(answer => answer.property === property)?.answer;
      if (given === 'yes') return letter;
      return given === 'no' ? '.' : given === 'unasked' ? '-' : '?';
    })
    .join('');
}
