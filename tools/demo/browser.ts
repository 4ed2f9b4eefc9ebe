/** An HTTP client that behaves as a browser of one person does: it keeps cookies by host, sends its origin, follows redirects. */
export type Browser = {
  /** Opens a page, following redirects. `url` of the answer is where it ended. */
  open(url: string): Promise<Page>;
  submit(url: string, form: URLSearchParams): Promise<Page>;
  /** One call of the product's API; throws with the problem's `detail` unless the answer is 2xx. */
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
};

export type Page = { url: string; status: number; text: string };

const MOST_REDIRECTS = 10;

/** `origin`: where the product answers; `authorization` is sent to it in place of cookies, where given. */
export function openBrowser(origin: string, authorization?: string): Browser {
  const cookies = new Map<string, Map<string, string>>();

  async function send(method: string, url: string, body?: { type: string; text: string }): Promise<Response> {
    const jar = cookies.get(new URL(url).host) ?? new Map<string, string>();
    cookies.set(new URL(url).host, jar);
    const headers: Record<string, string> = { origin: new URL(url).origin, accept: '*/*' };
    if (jar.size > 0) headers.cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    if (authorization !== undefined && url.startsWith(origin)) headers.authorization = authorization;
    if (body !== undefined) headers['content-type'] = body.type;
    const answer = await fetch(url, { method, headers, redirect: 'manual', ...(body && { body: body.text }) });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split(/=(.*)/s) ?? [];
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name.trim());
      else jar.set(name.trim(), value);
    }
    return answer;
  }

  async function follow(first: Response, from: string): Promise<Page> {
    let answer = first;
    let url = from;
    for (let hops = 0; hops < MOST_REDIRECTS; hops++) {
      const location = answer.headers.get('location');
      if (answer.status < 300 || answer.status > 399 || location === null) {
        return { url, status: answer.status, text: await answer.text() };
      }
      await answer.arrayBuffer();
      url = new URL(location, url).href;
      answer = await send('GET', url);
    }
    throw new Error(`${from} redirects without end.`);
  }

  return {
    open: async (url) => follow(await send('GET', url), url),
    submit: async (url, form) => {
      const body = { type: 'application/x-www-form-urlencoded', text: form.toString() };
      return follow(await send('POST', url, body), url);
    },
    call: async <T>(method: string, path: string, body?: unknown): Promise<T> => {
      const json = body === undefined ? undefined : { type: 'application/json', text: JSON.stringify(body) };
      const answer = await send(method, `${origin}/api/v1${path}`, json);
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${detailOf(text)}`);
      return JSON.parse(text === '' ? 'null' : text) as T;
    },
  };
}

function detailOf(text: string): string {
  try {
    return String(JSON.parse(text).detail ?? text);
  } catch {
    return text.slice(0, 300);
  }
}
