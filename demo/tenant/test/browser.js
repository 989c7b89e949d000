/** A browser without pages: keeps cookies by path as RFC 6265 says, follows redirects one by one. */

export class Browser {
  /** @type {{ name: string, value: string, path: string, host: string }[]} */
  #cookies = [];
  /** Every address visited, oldest first. */
  trail = [];

  async send(address, { method = 'GET', form, origin = new URL(address).origin } = {}) {
    const url = new URL(address);
    this.trail.push(`${method} ${url.origin}${url.pathname}`);
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        cookie: this.#header(url),
        'accept-language': 'en',
        ...(method === 'POST' && origin ? { origin } : {}),
      },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    for (const line of response.headers.getSetCookie()) this.#store(url, line);
    return response;
  }

  /**
   * Follows redirects until an address that `stop` names, or a page.
   * @returns {Promise<{ url: URL, response: Response | null }>}
   */
  async follow(address, { stop = () => false, ...options } = {}) {
    let response = await this.send(address, options);
    let url = new URL(address);
    for (let hops = 0; hops < 20 && response.headers.has('location'); hops += 1) {
      url = new URL(response.headers.get('location'), url);
      if (stop(url)) return { url, response: null };
      response = await this.send(url.href);
    }
    return { url, response };
  }

  #header(url) {
    return this.#cookies
      .filter(({ host, path }) => host === url.hostname && inside(url.pathname, path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  #store(url, line) {
    const [pair, ...attributes] = line.split(/;\s*/);
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    const path = attributes.find((text) => /^path=/i.test(text))?.slice(5) ?? '/';
    const expires = attributes.find((text) => /^expires=/i.test(text))?.slice(8);
    const gone = expires !== undefined && Date.parse(expires) <= Date.now();
    this.#cookies = this.#cookies.filter((one) => one.name !== name || one.path !== path);
    if (!gone) this.#cookies.push({ name, value: pair.slice(at + 1), path, host: url.hostname });
  }
}

const inside = (pathname, path) =>
  path === '/' || pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
