import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request of a product process on its way to the sandbox; process -1 is a helper of the run itself. */
export type Passing = { process: number; method: string; path: string };

/** Where a process may be struck: its request has left, or the sandbox has answered and the answer is on its way. */
export type Moment = 'asked' | 'answered';

export type Verdict =
  | 'pass'
  /** The request never arrives, or its answer does not. */
  | 'drop'
  /** The request arrives although nobody waits for its answer any more. */
  | 'orphan';

export type Gate = {
  /** Where processes are told that the sandbox is. */
  origin: string;
  close(): Promise<void>;
};

export type GateOptions = {
  /** Where the sandbox's server is. */
  target: () => string;
  /** Asked for each request at each moment; a process that it kills gets no answer. */
  judge: (passing: Passing, moment: Moment) => Verdict;
  /** What answers say about addresses, as the process has to read it. */
  rewrite: (text: string) => string;
  /** Requests that the sandbox may still be working on. */
  onFlight: (change: 1 | -1) => void;
};

const PROCESS_HEADER = 'x-torture-process';

/** Stands between the processes and one server of the sandbox, so that a death can be timed to a step of a request. */
export async function openGate(options: GateOptions): Promise<Gate> {
  const server = http.createServer((request, response) => {
    const passing = {
      process: Number(request.headers[PROCESS_HEADER] ?? -1),
      method: request.method ?? 'GET',
      path: request.url ?? '/',
    };
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      // Whether the sandbox is there: a busy machine must not make a product start one of its own.
      if (passing.path === '/sandbox/switches') return void response.end('{}');
      const verdict = options.judge(passing, 'asked');
      if (verdict === 'drop') request.socket.destroy();
      else
        forward(options, passing, { request, response, body: Buffer.concat(chunks), isOrphan: verdict === 'orphan' });
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Exchange = { request: http.IncomingMessage; response: http.ServerResponse; body: Buffer; isOrphan: boolean };

function forward(options: GateOptions, passing: Passing, { request, response, body, isOrphan }: Exchange): void {
  const url = new URL(passing.path, options.target());
  const { host: _host, connection: _connection, [PROCESS_HEADER]: _process, ...headers } = request.headers;
  let isOver = false;
  options.onFlight(1);
  const end = () => {
    if (!isOver) options.onFlight(-1);
    isOver = true;
  };
  const onward = http.request(url, { method: passing.method, headers, agent: false }, (answer) => {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('error', () => response.destroy());
    answer.on('close', end);
    answer.on('end', () => {
      if (isOrphan || options.judge(passing, 'answered') !== 'pass') return request.socket.destroy();
      const { connection: _ours, 'transfer-encoding': _chunked, 'content-length': _long, ...answered } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, answered);
      response.end(options.rewrite(Buffer.concat(chunks).toString('utf8')));
    });
  });
  onward.on('error', () => {
    end();
    response.destroy();
  });
  // A process that has died is gone for the sandbox too; an orphan's request is there before that.
  if (isOrphan) request.socket.destroy();
  else response.on('close', () => response.writableFinished || onward.destroy());
  onward.end(body);
}
