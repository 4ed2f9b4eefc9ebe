import type { IncomingMessage } from 'node:http';

/** Largest body that is kept, in bytes. */
export const bodyLimit = 32 * 1024 * 1024;

/** What a request carried: its bytes, or `tooLarge`. */
export type Body = { bytes: Buffer; isTooLarge: boolean };

/** Reads a whole body; of one that is too large the rest is read and forgotten. Rejects when the client goes away. */
export function readBody(request: IncomingMessage): Promise<Body> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= bodyLimit) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on('end', () => resolve({ bytes: Buffer.concat(chunks), isTooLarge: size > bodyLimit }));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the client went away')));
  });
}

/** Parameters of a form body, urlencoded or multipart (files are skipped). */
export function formParameters(contentType: string, body: Buffer): URLSearchParams {
  const boundary = /multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary) return new URLSearchParams(body.toString('utf8'));
  const parameters = new URLSearchParams();
  for (const part of body.toString('utf8').split(`--${boundary}`)) {
    const split = part.indexOf('\r\n\r\n');
    const name = /name="([^"]*)"/i.exec(part.slice(0, Math.max(0, split)))?.[1];
    if (name !== undefined && split >= 0) parameters.append(name, part.slice(split + 4).replace(/\r\n$/, ''));
  }
  return parameters;
}
