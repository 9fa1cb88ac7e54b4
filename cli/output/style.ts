import { styleText } from 'node:util';
import { plain, type Styler } from '../../checker/trace/renderStyle.ts';
import type { Output } from './io.ts';

/** How text is laid out. */
export interface TextLayout {
  readonly width: number;
  readonly style: Styler;
}

/** How text for this stream is marked; `color` is what `--no-color` switches off. */
export function stylerFor(output: Output, color: boolean): Styler {
  if (!color || !output.colour) return plain;
  // Whether colours are wanted was decided before: styleText would look at the process again.
  return (style, text) => styleText(style, text, { validateStream: false });
}
