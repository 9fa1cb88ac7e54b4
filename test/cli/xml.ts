/** An element of an XML document. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  readonly text: string;
}

const entities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['#10', '\n'],
]);
// Everything that XML 1.0 does not allow in a document.
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const token = /<\?xml [^?]*\?>\n|<(\/?)(\w+)((?: \w+="[^"<>]*")*)(\/?)>|([^<>]+)/y;

/**
 * Reads the XML that reporters write: elements, attributes and text.
 *
 * @throws Error when it is not well-formed, or has anything else.
 */
export function parseXml(xml: string): Element {
  if (forbidden.test(xml)) throw new Error('a character that XML does not allow');
  const root = { name: '', attributes: new Map(), children: [] as Element[], text: '' };
  const open = [root];
  token.lastIndex = 0;
  while (token.lastIndex < xml.length) {
    const { lastIndex } = token;
    const [, closes, name, attributes = '', isEmpty, text] = token.exec(xml) ?? [];
    if (token.lastIndex === 0) throw new Error(`not XML: ${xml.slice(lastIndex, lastIndex + 60)}`);
    const parent = open.at(-1) ?? root;
    if (text !== undefined) parent.text += decoded(text);
    else if (closes === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`);
    } else if (name !== undefined) {
      const element = { name, attributes: attributesIn(attributes), children: [], text: '' };
      parent.children.push(element);
      if (isEmpty === '') open.push(element);
    }
  }
  const [document, ...others] = root.children;
  if (open.length > 1 || document === undefined || others.length > 0) throw new Error('not closed');
  return document;
}

/** All elements of a name, wherever they are. */
export function elements(within: Element, name: string): Element[] {
  const deeper = within.children.flatMap(child => elements(child, name));
  return within.name === name ? [within, ...deeper] : deeper;
}

function attributesIn(text: string): Map<string, string> {
  const pairs = [...text.matchAll(/ (\w+)="([^"]*)"/g)];
  return new Map(pairs.map(([, name = '', value = '']) => [name, decoded(value)]));
}

function decoded(text: string): string {
  return text.replace(/&([^;&]*);?/g, (all, name: string) => {
    const character = entities.get(name);
    if (character === undefined || !all.endsWith(';')) throw new Error(`unknown entity ${all}`);
    return character;
  });
}
