import { expect } from 'vitest';
import type { TestProduct } from '../harness/product.ts';

/** What an administrator of Zoho does to the org, through the sandbox's control calls; gives the answer of one that was accepted. */
export async function controlSandbox(product: TestProduct, path: string, body: object): Promise<unknown> {
  const response = await fetch(`${product.simulator.accounts}/sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  expect(response.status, JSON.stringify(answer)).toBe(200);
  return answer;
}
