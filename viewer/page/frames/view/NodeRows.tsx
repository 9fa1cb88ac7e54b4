import { useLayoutEffect, useRef } from 'preact/hooks';
import { LogLegend } from './LogLegend.tsx';
import { epochClass, LogStripView } from './LogStripView.tsx';
import { ChangeMark, Value } from './Value.tsx';
import type { Chip, Fact, NodeRow, RecordRow } from './view.ts';

interface Props {
  readonly rows: readonly NodeRow[];
  readonly records: readonly RecordRow[];
}

/** The nodes below each other, so that equal offsets of their logs are too. */
export function NodeRows({ rows, records }: Props) {
  const strips = [...rows, ...records].map(({ strip }) => strip);
  const length = strips.reduce((most, { slots }) => Math.max(most, slots.length), 0);
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => showChange(frame.current), [rows]);
  return (
    <div class="node-rows" ref={frame} onScrollCapture={scrollTogether}>
      {rows.map(row => (
        <Row key={row.name} row={row} length={length} />
      ))}
      {records.map(({ name, hint, note, strip }) => (
        <article key={name} class="panel node-row remembered" aria-label={name}>
          <header>
            <h3>{name}</h3>
            <p class="quiet">{hint}</p>
            <p class="record-note">
              <Value said={note} />
            </p>
          </header>
          <LogStripView strip={strip} length={length} />
        </article>
      ))}
      <LogLegend />
    </div>
  );
}

/** Equal offsets stay below each other. */
function scrollTogether({ target, currentTarget }: Event): void {
  if (!(target instanceof HTMLElement && currentTarget instanceof HTMLElement)) return;
  if (!target.matches('.log-strip')) return;
  for (const strip of currentTarget.querySelectorAll('.log-strip')) {
    if (strip !== target) strip.scrollLeft = target.scrollLeft;
  }
}

/** Brings what the step has changed in a long log into view. */
function showChange(frame: HTMLDivElement | null): void {
  const changed = frame?.querySelector('.log-cell.changed, .log-mark.changed');
  const slot = changed?.closest('.log-slot');
  const strip = slot?.closest('.log-strip');
  if (!(slot instanceof HTMLElement) || !strip) return;
  // Where it is not seen it is not laid out either, and to ask for its size would change that.
  if (!strip.checkVisibility({ contentVisibilityAuto: true })) return;
  if (strip.scrollWidth <= strip.clientWidth) return;
  const start = slot.offsetLeft - strip.scrollLeft;
  const isInView = start >= 0 && start + slot.offsetWidth <= strip.clientWidth;
  if (!isInView) strip.scrollLeft = slot.offsetLeft - strip.clientWidth / 2;
}

interface RowProps {
  readonly row: NodeRow;
  readonly length: number;
}

function Row({ row: { name, condition, chips, strip, facts }, length }: RowProps) {
  return (
    <article class={`panel node-row is-${condition}`} aria-label={name}>
      <header>
        <h3>{name}</h3>
        <p class="chips">
          {chips.map((chip, index) => (
            <ChipView key={index} chip={chip} />
          ))}
        </p>
      </header>
      <LogStripView strip={strip} length={length} />
      <Facts facts={facts} />
    </article>
  );
}

function ChipView({ chip }: { readonly chip: Chip }) {
  const { text, changed, was, tone, hint, epoch, leads } = chip;
  const names = [
    'chip',
    epochClass(epoch),
    epoch === undefined ? '' : 'of-epoch',
    leads === true ? 'leads' : '',
    tone === undefined ? '' : `tone-${tone}`,
    changed ? 'changed' : '',
  ];
  const title = [hint, changed ? `before the step: ${was ?? 'nothing'}` : undefined]
    .filter(part => part !== undefined)
    .join('; ');
  return (
    <span class={names.filter(Boolean).join(' ')} title={title}>
      {leads === true && <span aria-hidden="true">♛ </span>}
      {text}
      {changed && <ChangeMark />}
    </span>
  );
}

/** Values with their names. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts.map((fact, index) => (
        <div key={`${fact.label} ${index}`} class="fact">
          <dt>{fact.label}</dt>
          <dd>
            <Value said={fact} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
