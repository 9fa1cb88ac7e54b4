import { ChangeMark } from './Value.tsx';
import type { MessageRow } from './view.ts';

/** The messages that are on their way. */
export function MessageList({ rows }: { readonly rows: readonly MessageRow[] }) {
  if (rows.length === 0) return <p class="quiet">nothing</p>;
  return (
    <ul class="messages">
      {rows.map(({ from, to, name, content, isNew, sent }, index) => (
        <li key={index} class={isNew ? 'changed' : ''}>
          <span class="message-way">
            <b>{from}</b>
            <span aria-hidden="true"> ⟶ </span>
            <span class="unseen"> to </span>
            <b>{to}</b>
          </span>{' '}
          <span class="message-name">{name}</span> <span>{content}</span>
          {sent !== undefined && <span class="quiet"> {sentWords(sent)}</span>}
          {isNew && <ChangeMark />}
        </li>
      ))}
    </ul>
  );
}

function sentWords(sent: number): string {
  return sent === 0 ? '(from the beginning)' : `(sent in step ${sent})`;
}
