/** Memory that threads can share, where there are any: a page from a file has none that can. */
export type Memory = SharedArrayBuffer | ArrayBuffer;

/** So many bytes of zeros. */
export function newMemory(bytes: number): Memory {
  return typeof SharedArrayBuffer === 'undefined'
    ? new ArrayBuffer(bytes)
    : new SharedArrayBuffer(bytes);
}
