const MOST_NAMES = 4;

/** "a, b, c"; of a long list the beginning, and how many there are besides. */
export function listed(names: readonly string[]): string {
  if (names.length <= MOST_NAMES) return names.join(', ');
  const rest = names.length - MOST_NAMES + 1;
  return `${names.slice(0, MOST_NAMES - 1).join(', ')} and ${rest} more`;
}
