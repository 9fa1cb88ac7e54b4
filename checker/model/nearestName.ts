/**
 * The known name nearest to the one given; of equals the first one.
 *
 * @param most - The most letters that may be wrong, missing or too many.
 */
export function nearestName(
  name: string,
  known: readonly string[],
  most: number,
): string | undefined {
  const [best] = known
    .map(candidate => ({ candidate, distance: editDistance(name, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  return best === undefined || best.distance > most ? undefined : best.candidate;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let line = 1; line <= a.length; line++) {
    const previous = row;
    row = [line];
    for (let column = 1; column <= b.length; column++) {
      const change = (previous[column - 1] ?? 0) + (a[line - 1] === b[column - 1] ? 0 : 1);
      row.push(Math.min(change, (previous[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1));
    }
  }
  return row[b.length] ?? 0;
}
