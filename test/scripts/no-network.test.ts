import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';

describe('tests', () => {
  it('cannot reach the network', async () => {
    await expect(fetch('https://sts.amazonaws.com')).rejects.toMatchObject({
      cause: { message: expect.stringContaining('tried to reach sts.amazonaws.com') },
    });
  });

  it('can reach this machine', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, resolve));
    try {
      const { port } = server.address() as AddressInfo;
      await expect(fetch(`http://localhost:${port}`)).resolves.toMatchObject({ status: 204 });
    } finally {
      server.close();
    }
  });
});
