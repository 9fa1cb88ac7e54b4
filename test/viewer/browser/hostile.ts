import type { TraceFile, TraceJson } from '../../../checker/trace/traceFile.ts';

/** Text that would run, or be something else than text, if the page took it for markup. */
const hostileText =
  '</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202e" style="x" javascript:alert(3)';

/**
 * The trace with the text in place of every name, value and sentence, and under a key that means
 * something to JavaScript. What decides how a trace is read stays as it is.
 */
export function hostile(trace: TraceFile): TraceFile {
  const { initial, model, property, commentary } = trace;
  const state = JSON.parse(`{"__proto__":{"polluted":true},"constructor":{"a-1":null}}`);
  return {
    ...trace,
    model: {
      ...model,
      name: hostileText,
      defects: [hostileText],
      config: { [hostileText]: hostileText },
    },
    property: {
      ...property,
      name: hostileText,
      statement: hostileText,
      loss: hostileText,
      clause: hostileText,
    },
    initial: { ...initial, state: { ...state, [hostileText]: withHostileTexts(initial.state) } },
    steps: trace.steps.map((step, index) => ({
      ...step,
      action: hostileText,
      actor: index % 2 === 0 ? hostileText : '__proto__',
      params: { [hostileText]: hostileText },
      changes: [
        { path: '__proto__.polluted', before: null, after: hostileText },
        { path: hostileText, before: hostileText, after: { [hostileText]: [hostileText] } },
      ],
    })),
    ...(commentary === undefined
      ? {}
      : {
          commentary: {
            ...commentary,
            steps: commentary.steps.map(comment => ({ ...comment, phrase: hostileText })),
            messages: commentary.messages.map(message => ({
              ...message,
              name: hostileText,
              from: hostileText,
              to: '__proto__',
              content: hostileText,
            })),
            machines: [
              {
                name: hostileText,
                states: [hostileText, '__proto__'],
                moves: [{ from: hostileText, event: hostileText, to: '__proto__' }],
                fields: [hostileText, '__proto__.polluted'],
              },
            ],
            properties: commentary.properties.map(history => ({
              ...history,
              name: hostileText,
              statement: hostileText,
            })),
          },
        }),
  };
}

function withHostileTexts(value: TraceJson): TraceJson {
  if (typeof value === 'string') return hostileText;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(withHostileTexts);
  const entries = Object.entries(value).map(([key, inner]) => [key, withHostileTexts(inner)]);
  return Object.fromEntries(entries);
}
