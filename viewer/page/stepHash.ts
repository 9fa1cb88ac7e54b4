/** The step that a link such as `#step=7` or `#story=1&step=7` names, or undefined; never beyond the last. */
export function stepOfHash(hash: string, last: number): number | undefined {
  return numberIn(hash, 'step', last);
}

/** The story that a link such as `#story=1&step=7` names, or undefined; never beyond the last. */
export function storyOfHash(hash: string, last: number): number | undefined {
  return numberIn(hash, 'story', last);
}

function numberIn(hash: string, name: string, last: number): number | undefined {
  const digits = new URLSearchParams(hash.replace(/^#/, '')).get(name) ?? '';
  return /^\d{1,9}$/.test(digits) ? Math.max(0, Math.min(last, Number(digits))) : undefined;
}

/** The link to a step; `story` is that of a page with several. */
export function hashOfStep(step: number, story?: number): string {
  return story === undefined ? `#step=${step}` : `${hashOfStory(story)}&step=${step}`;
}

/** The link to a story as it begins to be shown. */
export function hashOfStory(story: number): string {
  return `#story=${story}`;
}
