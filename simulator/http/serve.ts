import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type Listening = { server: Server; port: number; close(): Promise<void> };

/** Listens on 127.0.0.1; port 0 takes any free one. Rejects when the port is taken. */
export function listen(port: number, handler: Handler): Promise<Listening> {
  const server = createServer((request, response) => {
    handler(request, response).catch((error: unknown) => {
      // A client that goes away in the middle is no event; all else is told, and never ends the process.
      if (!request.destroyed)
        process.stderr.write(`simulator: ${error instanceof Error ? error.stack : String(error)}\n`);
      response.destroy();
    });
  });
  server.keepAliveTimeout = 75_000;
  server.on('clientError', refuseGarbage);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(isTaken ? new Error(`Port ${port} is taken. Give another --port, or stop what listens there.`) : error);
    });
    server.listen(port, '127.0.0.1', () => {
      server.removeAllListeners('error');
      resolve({ server, port: (server.address() as AddressInfo).port, close: () => closeServer(server) });
    });
  });
}

/** What is no HTTP at all, or has headers beyond measure, gets an answer of the server's own. */
function refuseGarbage(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const isTooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const [status, message] = isTooLong
    ? ['431 Request Header Fields Too Large', 'the address or the headers are too long']
    : ['400 Bad Request', 'the request is no HTTP'];
  const body = JSON.stringify({ code: 'INVALID_REQUEST', details: {}, message, status: 'error' });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json;charset=UTF-8\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Path and query of a request, whatever its form. */
export function addressOf(request: IncomingMessage): { path: string; query: URLSearchParams } {
  const [path = '/', ...rest] = (request.url ?? '/').split('?');
  return { path, query: new URLSearchParams(rest.join('?')) };
}

/** Headers with one text each, names in lower case. */
export function headersOf(request: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}
