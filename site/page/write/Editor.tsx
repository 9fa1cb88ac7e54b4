import { javascript } from '@codemirror/lang-javascript';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { tags } from '@lezer/highlight';
import { basicSetup, EditorView } from 'codemirror';
import { useEffect, useRef } from 'preact/hooks';
import type { Problem } from './ownProgram.ts';

interface EditorProps {
  /** What it begins with; another one is put in its place. */
  readonly code: string;
  readonly problem: Problem | undefined;
  readonly change: (code: string) => void;
}

/** The colours of the page, which know of light and dark. */
const highlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: 'var(--client)' },
  { tag: [tags.string, tags.number, tags.bool], color: 'var(--ok)' },
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
  { tag: tags.typeName, color: 'var(--accent)' },
  { tag: [tags.propertyName, tags.variableName, tags.punctuation], color: 'var(--fg)' },
]);

const theme = EditorView.theme({
  '&': { backgroundColor: 'var(--surface)', color: 'var(--fg)', fontSize: '13px' },
  '.cm-scroller': { fontFamily: 'var(--mono)' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--muted)', border: '0' },
  '.cm-content': { caretColor: 'var(--fg)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-cursor': { borderLeftColor: 'var(--fg)' },
  '.cm-panels, .cm-tooltip': { backgroundColor: 'var(--sunken)', color: 'var(--fg)' },
});

/** An editor of TypeScript. It stands in a shadow tree, where its styles need no leave of the page's policy. */
export function Editor({ code, problem, change }: EditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | undefined>(undefined);
  useEffect(() => {
    const host = place.current;
    if (host === null) return undefined;
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    const view = new EditorView({
      doc: code,
      parent: root,
      root,
      extensions: [
        basicSetup,
        javascript({ typescript: true }),
        syntaxHighlighting(highlight),
        theme,
        EditorView.contentAttributes.of({ 'aria-label': 'The model, in TypeScript' }),
        EditorView.updateListener.of(update => {
          if (update.docChanged) change(update.state.doc.toString());
        }),
      ],
    });
    editor.current = view;
    return () => view.destroy();
  }, [code]);
  useEffect(() => {
    const view = editor.current;
    if (view !== undefined) markProblem(view, problem);
  }, [problem]);
  return <div class="editor" ref={place} />;
}

function markProblem(view: EditorView, problem: Problem | undefined): void {
  const { doc } = view.state;
  if (problem?.line === undefined || problem.line > doc.lines) {
    view.dispatch(setDiagnostics(view.state, []));
    return;
  }
  const { from, to } = doc.line(problem.line);
  const { message } = problem;
  view.dispatch(setDiagnostics(view.state, [{ from, to, severity: 'error', message }]));
  view.dispatch({ effects: EditorView.scrollIntoView(from, { y: 'center' }) });
}
