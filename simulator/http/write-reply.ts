import type { ServerResponse } from 'node:http';
import type { Reply } from './failure.ts';

/** Writes a reply; JSON goes out with Zoho's content type, an empty one without any. */
export function writeReply(response: ServerResponse, reply: Reply): void {
  if (response.destroyed || response.writableEnded) return;
  const payload = payloadOf(reply);
  const headers: Record<string, string | number> = { ...reply.headers };
  if (payload) {
    headers['Content-Type'] ??= payload.type;
    headers['Content-Length'] = payload.bytes.length;
  } else if (reply.status !== 204 && reply.status !== 304) {
    headers['Content-Length'] = 0;
  }
  response.writeHead(reply.status, headers);
  response.end(payload?.bytes);
}

function payloadOf(reply: Reply): { bytes: Buffer; type: string } | undefined {
  if (reply.bytes) return { bytes: reply.bytes, type: 'application/octet-stream' };
  if (reply.html !== undefined) return { bytes: Buffer.from(reply.html), type: 'text/html;charset=UTF-8' };
  if (reply.body === undefined) return undefined;
  return { bytes: Buffer.from(JSON.stringify(reply.body)), type: 'application/json;charset=UTF-8' };
}
