import type { Said } from './said.ts';

/** A value in words. A change is marked by an outline, by a sign, and in words for who cannot see. */
export function Value({ said }: { readonly said: Said }) {
  const { text, changed, was, tone, hint } = said;
  const title = [hint, changed ? `before the step: ${was ?? 'nothing'}` : undefined]
    .filter(part => part !== undefined)
    .join('; ');
  const names = ['value', tone === undefined ? '' : `tone-${tone}`, changed ? 'changed' : ''];
  return (
    <span class={names.filter(Boolean).join(' ')} title={title === '' ? undefined : title}>
      {text}
      {changed && <ChangeMark />}
    </span>
  );
}

/** The sign of a change. */
export function ChangeMark() {
  return (
    <span class="change-mark">
      <span aria-hidden="true">▲</span>
      <span class="unseen"> (changed)</span>
    </span>
  );
}
