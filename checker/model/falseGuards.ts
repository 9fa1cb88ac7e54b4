/** Of one action, so many choices of arguments are told of. */
const MOST_CHOICES = 3;

/**
 * The false guards of one action in words: each with the choices of arguments that it keeps from being taken, or
 * alone where it is the same for all of them.
 *
 * @param guards - By choice of arguments: the guard that is false, as `enabled` says it.
 * @param isAll - Whether there is no other choice.
 */
export function falseGuards(
  guards: readonly (readonly [choice: string, guard: string | false])[],
  isAll: boolean,
): string {
  const choices = new Map<string, string[]>();
  for (const [choice, guard] of guards) {
    const words = guard === false ? 'its guard is false' : guard;
    choices.set(words, [...(choices.get(words) ?? []), choice]);
  }
  const [only] = choices.keys();
  if (isAll && only !== undefined && choices.size === 1) return `: ${only}`;
  return listed([...choices].map(([guard, of]) => `${listed(of)}: ${guard}`));
}

/** The first of some texts, and how many more there are. */
export function listed(texts: readonly string[]): string {
  const more = texts.length - MOST_CHOICES;
  const first = texts.slice(0, MOST_CHOICES).join(', ');
  return more > 0 ? `${first} and ${more} more` : first;
}
