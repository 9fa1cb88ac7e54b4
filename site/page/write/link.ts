/** Characters that a link may unpack to: a few bytes can unpack to gigabytes. */
const MOST_CHARACTERS = 256 * 1024;

const PREFIX = '#code=';

/** A link that holds code, packed; nothing is stored anywhere else. */
export async function hashOfCode(code: string): Promise<string> {
  const packed = new Blob([code]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const text = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
  return `${PREFIX}${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

/** The code of a link; undefined where it holds none, or what cannot be unpacked. */
export async function codeOfHash(hash: string): Promise<string | undefined> {
  if (!hash.startsWith(PREFIX)) return undefined;
  try {
    const text = hash.slice(PREFIX.length).replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(text), character => character.charCodeAt(0));
    const unpacked = new Blob([bytes])
      .stream()
      .pipeThrough(new DecompressionStream('deflate-raw'))
      .pipeThrough(new TextDecoderStream());
    return await textOf(unpacked.getReader());
  } catch {
    return undefined;
  }
}

async function textOf(reader: ReadableStreamDefaultReader<string>): Promise<string | undefined> {
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
    if (text.length > MOST_CHARACTERS) return undefined;
  }
}
