const LONGEST_SHOWN = 200;

/**
 * The text as it can be printed in one line of a report: control characters become escapes (a file
 * must not be able to forge a second line or move the cursor), overlong text is cut, and says so.
 */
export function oneLine(text: string, longest: number = LONGEST_SHOWN): string {
  const cut =
    text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, character => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** What was found, in quotes, short enough for an error message. */
export function quoted(text: string): string {
  return `"${oneLine(text, 60)}"`;
}
