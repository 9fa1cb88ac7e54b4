/** What the looks of a cell mean. */
const entries = [
  ['log-cell epoch-0 committed', 'below the high watermark'],
  ['log-cell epoch-0', 'above it'],
  ['log-cell epoch-0 unflushed', 'not flushed'],
] as const;

const signs = [
  ['≠', 'differs from the leader'],
  ['▲', 'changed by this step'],
  ['×', 'deleted'],
] as const;

/** How to read the logs. */
export function LogLegend() {
  return (
    <ul class="log-legend quiet" aria-label="how to read the logs">
      {entries.map(([names, words]) => (
        <li key={words}>
          <span class={`${names} sample`} aria-hidden="true" />
          {words}
        </li>
      ))}
      {signs.map(([sign, words]) => (
        <li key={sign}>
          <b>{sign}</b> {words}
        </li>
      ))}
      <li>HW high watermark (ckpt: on disk), LEO log end offset, e0 epoch</li>
    </ul>
  );
}
