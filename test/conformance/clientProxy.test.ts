import { once } from 'node:events';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ClientProxy } from '../../conformance/live/clientProxy.ts';

const [PRODUCE, METADATA] = [0, 3];

/** A request as Kafka has it: length, api, version, correlation id; an answer: length, correlation id. */
function request(api: number, correlationId: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeInt32BE(8, 0);
  bytes.writeInt16BE(api, 4);
  bytes.writeInt32BE(correlationId, 8);
  return bytes;
}
function answer(correlationId: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeInt32BE(4, 0);
  bytes.writeInt32BE(correlationId, 4);
  return bytes;
}

describe('a proxy between a client and a broker', () => {
  let broker: Server;
  let proxy: ClientProxy;
  let client: Socket;
  /** What has come to the broker, and to the client: correlation ids. */
  let asked: number[];
  let answered: number[];

  /** Until so many are there. */
  async function until(found: () => number, count: number): Promise<void> {
    while (found() < count) await new Promise(resolve => setImmediate(resolve));
  }

  beforeEach(async () => {
    [asked, answered] = [[], []];
    broker = createServer(socket => {
      socket.on('error', () => undefined);
      socket.on('data', bytes => {
        for (let at = 0; at < bytes.length; at += 12) {
          asked.push(bytes.readInt32BE(at + 8));
          socket.write(answer(bytes.readInt32BE(at + 8)));
        }
      });
    }).listen(0, '127.0.0.1');
    await once(broker, 'listening');
    const address = broker.address();
    proxy = await ClientProxy.before(
      typeof address === 'object' && address !== null ? address.port : 0,
    );
    client = createConnection(proxy.port, '127.0.0.1');
    client.on('data', bytes => {
      for (let at = 0; at < bytes.length; at += 8) answered.push(bytes.readInt32BE(at + 4));
    });
    await once(client, 'connect');
  });

  afterEach(() => {
    client.destroy();
    proxy.close();
    broker.close();
  });

  test('holds produce requests and what comes behind them, and lets them go in their order', async () => {
    proxy.hold('requests');
    client.write(Buffer.concat([request(METADATA, 1), request(PRODUCE, 2)]));
    // In two pieces: it waits for the rest.
    client.write(request(METADATA, 3).subarray(0, 7));
    client.write(request(METADATA, 3).subarray(7));
    await until(() => answered.length, 1);
    await until(() => proxy.held('requests'), 1);
    expect(asked).toEqual([1]);
    proxy.letGo('requests');
    await until(() => answered.length, 3);
    expect(answered).toEqual([1, 2, 3]);
    expect(proxy.held('requests')).toBe(0);
  });

  test('holds answers to produce requests, which the broker has given', async () => {
    proxy.hold('answers');
    client.write(Buffer.concat([request(METADATA, 1), request(PRODUCE, 2)]));
    await until(() => proxy.held('answers') + answered.length, 2);
    expect([asked, answered]).toEqual([[1, 2], [1]]);
    proxy.letGo('answers');
    await until(() => answered.length, 2);
  });

  test('loses the next answer to a produce request with its connection', async () => {
    proxy.loseAnswer();
    const ended = once(client, 'close');
    client.write(Buffer.concat([request(METADATA, 1), request(PRODUCE, 2)]));
    await ended;
    expect(asked).toEqual([1, 2]);
    expect(answered).not.toContain(2);
    expect(proxy.lost).toBe(1);
  });

  test('refuses every connection once it is told to', async () => {
    const ended = once(client, 'close');
    proxy.refuse();
    await ended;
    const another = createConnection(proxy.port, '127.0.0.1');
    await once(another, 'close');
    expect(asked).toEqual([]);
  });
});
