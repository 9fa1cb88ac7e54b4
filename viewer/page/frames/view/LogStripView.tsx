import { useMemo } from 'preact/hooks';
import { cellWords } from './logStrip.ts';
import type { LogCell, LogMark, LogSlot, LogStrip } from './view.ts';

/** So many colours are there for epochs. */
const EPOCH_COLOURS = 8;

/** The class that gives something the colour of an epoch. */
export function epochClass(epoch: number | undefined): string {
  return epoch === undefined ? '' : `epoch-${Math.abs(Math.trunc(epoch)) % EPOCH_COLOURS}`;
}

interface Props {
  readonly strip: LogStrip;
  /** So many slots as the longest strip beside it has: they scroll together. */
  readonly length: number;
}

/** A log as a row of cells, with its marks between them. */
export function LogStripView({ strip, length }: Props) {
  return useMemo(() => <Strip strip={strip} length={length} />, [strip, length]);
}

function Strip({ strip: { words, slots, hidden }, length }: Props) {
  return (
    <ol class="log-strip" aria-label={words}>
      {hidden > 0 && <li class="log-hidden">{hidden} offsets</li>}
      {slots.map(slot => (
        <Slot key={slot.offset} slot={slot} />
      ))}
      {Array.from({ length: Math.max(0, length - slots.length) }, (_, index) => (
        <li key={`beyond ${index}`} class="log-slot" aria-hidden="true" />
      ))}
    </ol>
  );
}

function Slot({ slot: { cell, marks } }: { readonly slot: LogSlot }) {
  const above = marks.filter(({ kind }) => kind === 'highWatermark');
  const below = marks.filter(({ kind }) => kind !== 'highWatermark');
  const line = above.length > 0 ? 'at-high-watermark' : below.length > 0 ? 'at-mark' : '';
  return (
    <li class={`log-slot ${line}`}>
      <div class="log-above">
        <Marks marks={above} />
      </div>
      {cell === undefined ? <div class="log-cell empty" /> : <Cell cell={cell} />}
      <div class="log-below">
        <Marks marks={below} />
      </div>
    </li>
  );
}

function Marks({ marks }: { readonly marks: readonly LogMark[] }) {
  return (
    <>
      {marks.map(({ name, kind, offset, changed }) => (
        <span
          key={name}
          class={`log-mark ${kind}${changed ? ' changed' : ''}`}
          title={`${name} ${offset}`}
        >
          {name}
          {changed && <span aria-hidden="true">▲</span>}
        </span>
      ))}
    </>
  );
}

function Cell({ cell }: { readonly cell: LogCell }) {
  const words = cellWords(cell);
  const names = [
    'log-cell',
    epochClass(cell.epoch),
    cell.isFlushed ? '' : 'unflushed',
    cell.isCommitted ? 'committed' : '',
    cell.isDeleted === true ? 'deleted' : '',
    cell.isRemoved === true ? 'removed' : '',
    cell.differs === undefined ? '' : 'differs',
    cell.changed ? 'changed' : '',
  ];
  return (
    <div class={names.filter(Boolean).join(' ')} role="img" aria-label={words} title={words}>
      <span class="log-offset">{cell.offset}</span>
      <span class="log-signs">
        {cell.differs === undefined ? '' : '≠'}
        {cell.changed ? '▲' : ''}
      </span>
      <span class={cell.label.length > 3 ? 'log-label long' : 'log-label'}>{cell.label}</span>
      <span class="log-epoch">{cell.epoch === undefined ? '' : `e${cell.epoch}`}</span>
    </div>
  );
}
