import { describe, expect, it } from 'vitest';
import { withCommentary } from '../../../checker/explain/commentary.ts';
import { renderStory } from '../../../checker/trace/renderStory.ts';
import { postSpecification, postTrace } from '../explain/post.ts';

const trace = postTrace('third-learns', [
  'draw clerk-1',
  'write clerk-1 clerk-2',
  'write clerk-1 clerk-3',
  'lose clerk-1 clerk-2',
  'doze clerk-2',
  'read clerk-1 clerk-3',
]);

describe('a story', () => {
  it('tells each step in a sentence, with lost messages, faults and goals', () => {
    expect(renderStory(withCommentary(postSpecification, trace)).split('\n')).toEqual([
      'third-learns: third-learns is reached',
      '  1  clerk-1 draws a stamp',
      '  2  clerk-1: write(from=clerk-1, to=clerk-2)',
      '  3  clerk-1: write(from=clerk-1, to=clerk-3)',
      '  4  fault: rain: lose(from=clerk-1, to=clerk-2)',
      '     letter of step 2 from clerk-1 to clerk-2 is lost',
      '  5  fault: clerk-2: doze(clerk=clerk-2)',
      '  6  clerk-3: read(from=clerk-1, to=clerk-3)',
      '     reaches third-learns',
      '  6 steps',
    ]);
  });

  it('is told without a commentary, with less', () => {
    const lines = renderStory(trace).split('\n');
    expect(lines[4]).toBe('  4  rain: lose(from=clerk-1, to=clerk-2)');
    expect(lines).toHaveLength(8);
  });

  it('stays within its width, and within its length, and says what is missing', () => {
    const [step] = trace.steps;
    const long = { ...trace, steps: Array.from({ length: 50 }, () => step ?? fail()) };
    const lines = renderStory(long, { width: 40 }).split('\n');
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(40);
    expect(lines).toContain('  ... 10 more steps not shown');
    expect(lines.at(-1)).toBe('  50 steps');
  });

  it('is told in colours where they are wanted', () => {
    const shown = renderStory(withCommentary(postSpecification, trace), {
      style: (style, text) => `<${style}>${text}`,
    });
    expect(shown).toContain('  4  <red>fault: rain: lose');
    expect(shown).toContain('<green>reaches third-learns');
  });
});

function fail(): never {
  throw new Error('the trace has no step');
}
