/** What a piece of text is, for those who see colours. */
export type TextStyle = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

/** Marks a piece of text; it must not change its width on the screen. */
export type Styler = (style: TextStyle, text: string) => string;

/** Leaves text as it is. */
export const plain: Styler = (_, text) => text;
