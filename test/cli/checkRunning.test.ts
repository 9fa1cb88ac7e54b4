import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { run } from './runInProcess.ts';

describe('check --bootstrap-server', () => {
  it('says that nobody answers, and what is no address', async () => {
    // A port that was free a moment ago, so that nobody listens there.
    const server = createServer();
    const port = await new Promise<number>(resolve => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    await new Promise(resolve => server.close(resolve));
    const refused = await run(['check', '--bootstrap-server', `127.0.0.1:${port}`]);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining('nobody answers (127.0.0.1:'),
    ]);
    const wrong = await run(['check', '--bootstrap-server', 'broker']);
    expect(wrong.stderr).toContain('expected host:port, found "broker"');
  });

  it('belongs to a cluster, and its properties to it', async () => {
    const { stderr } = await run(['check', '--command-config', 'c.properties']);
    expect(stderr).toContain('--command-config');
  });
});
