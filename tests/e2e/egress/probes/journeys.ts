import { loud, toOwnServer, quiet, type Probe } from './probe';

const click = (attributes: string): string => `k.make('a', ${attributes}).click()`;
const cover = `position:fixed;inset:0;z-index:9999;display:block`;
const wide = (attributes: string): string =>
  `const a = k.make('a', ${attributes}); a.style.cssText = '${cover}'; a.textContent = 'x'`;

const windows = {
  'new window': `open(url)`,
  'new window without an opener': `open(url, '', 'noopener')`,
  'script of an empty window': `await open('about:blank').fetch(url, { mode: 'no-cors' })`,
  'script of a window of the own server': `const w = open(own('probe-worker.js')); await k.later(700); await w.fetch(url, { mode: 'no-cors' })`,
  'window of a blob': `open(k.blob('<script>fetch("' + url + '", { mode: "no-cors" })</script>', 'text/html'))`,
  'window led away': `const w = open('about:blank'); w.location = url`,
  'script of a picture-in-picture window': `const w = await k.call(documentPictureInPicture, 'requestWindow'); await w.fetch(url, { mode: 'no-cors' })`,
  'link to a new window': click(`{ href: url, target: '_blank' }`),
  'loose link to a new window': `k.put(k.element('a'), { href: url, target: '_blank' }).click()`,
  'shadowed link to a new window': `const a = k.put(k.element('a'), { href: url, target: '_blank' }); k.make('p', {}).attachShadow({ mode: 'open' }).append(a); a.click()`,
  'drawn link to a new window': `const a = k.draw('a', { href: url, target: '_blank' }); a.dispatchEvent(new MouseEvent('click', { bubbles: true }))`,
  'made-up control-click': `k.call(k.make('a', { href: url }), 'dispatchEvent', new MouseEvent('click', { ctrlKey: true, bubbles: true }))`,
  'form to a new window': `k.call(k.make('form', { action: url, target: '_blank' }), 'submit')`,
};

const away = {
  'location by href': `location.href = url`,
  'location by assign': `location.assign(url)`,
  'location by replace': `location.replace(url)`,
  'location by part': `location.host = host`,
  'navigation api': `navigation.navigate(url)`,
  'link to a page': click(`{ href: url }`),
  'link of a class': `class A extends HTMLAnchorElement {} k.call(customElements, 'define', 'probe-' + port, A, { extends: 'a' }); const a = new A(); k.set(a, 'href', url); k.show(a).click()`,
  'link by its parts': `const a = k.make('a', { href: k.blob('x') }); k.set(a, 'href', own('')); k.set(a, 'host', host); a.click()`,
  'drawn link': `const a = k.draw('a', { href: url }); a.dispatchEvent(new MouseEvent('click', { bubbles: true }))`,
  'drawn link by property': `const a = k.draw('a', { href: '#' }); k.set(a.href, 'baseVal', url); a.dispatchEvent(new MouseEvent('click', { bubbles: true }))`,
  'drawn link by animation': `const a = k.draw('a', { href: '#' }); a.appendChild(k.put(k.svg('set'), { attributeName: 'href', to: url })); await k.later(300); a.dispatchEvent(new MouseEvent('click', { bubbles: true }))`,
  'area of a map': `const m = k.make('map', { name: 'm' }); m.append(k.put(k.element('area'), { href: url, shape: 'default' })); m.firstChild.click()`,
  download: click(`{ href: url, download: 'x' }`),
  'ping of a link': click(`{ href: '#x', ping: url }`),
  'form by get': `k.call(k.make('form', { action: url }), 'submit')`,
  'form by post': `k.call(k.make('form', { action: url, method: 'post' }), 'requestSubmit')`,
  'form by its button': `const f = k.make('form', {}); const b = k.element('button'); k.set(b, 'formAction', url); f.append(b); b.click()`,
  'meta refresh': `const m = k.element('meta'); k.set(m, 'httpEquiv', 'refresh'); k.set(m, 'content', '0;url=' + url); document.head.append(m)`,
  'meta refresh by markup': `k.set(k.make('p', {}), 'innerHTML', k.html('<meta http-equiv="refresh" content="0;url=' + url + '">'))`,
  'script address': `location.href = "javascript:fetch('" + url + "', { mode: 'no-cors' })"`,
  'document written anew': `k.call(document, 'write', k.html('<img src="' + url + '">'))`,
  'new document of a blob': `location.href = k.blob('<script>location.href = "' + url + '"</script>', 'text/html')`,
};

/** A hostile link over the whole page, and a person's own hand on it. */
const byHand = [
  ...loud({ 'link clicked by hand': wide(`{ href: url }`) }, 'click'),
  ...loud({ 'link to a new window clicked by hand': wide(`{ href: url, target: '_blank' }`) }, 'click'),
  ...loud({ 'link control-clicked by hand': wide(`{ href: url }`) }, 'control-click'),
  ...loud({ 'link middle-clicked by hand': wide(`{ href: url }`) }, 'middle-click'),
  ...loud(
    {
      'beacon at the end': `addEventListener('pagehide', () => k.call(navigator, 'sendBeacon', url, canary))`,
    },
    'close',
  ),
];

/** Ways to tell the own server something, which its keeper could read. */
const own = toOwnServer([
  ...quiet({
    'own fetch': `await fetch(url)`,
    'own image': `new Image().src = url`,
    'own style': `k.style('background-image', 'url(' + url + ')')`,
    'own import': `await import(url)`,
    'own worker': `new Worker(k.script(url))`,
    'own icon': `k.hint({ rel: 'icon', href: url })`,
    'own prefetch': `k.hint({ rel: 'prefetch', href: url })`,
    'own manifest': `k.hint({ rel: 'manifest', href: url })`,
    'own service worker': `await k.call(navigator.serviceWorker, 'register', k.script(url))`,
    'own font': `await k.call(new FontFace('probe', 'url(' + url + ')'), 'load')`,
    'own speculation rules': `const s = k.put(k.element('script'), { type: 'speculationrules' }); s.text = JSON.stringify({ prefetch: [{ source: 'list', urls: [url], eagerness: 'immediate' }] }); document.head.append(s)`,
  }),
  ...loud({
    'own page': `location.href = url`,
    'own window': `open(url)`,
    'own download': click(`{ href: url, download: 'x' }`),
    'own form': `k.call(k.make('form', { action: url, method: 'post' }), 'submit')`,
  }),
  ...loud({ 'own address after a reload': `history.pushState(null, '', url)` }, 'reload'),
  ...loud(
    {
      'own cookie after a reload': `k.set(document, 'cookie', 'probe=' + url.split('/').pop() + '; path=/; max-age=60')`,
    },
    'reload',
  ),
  ...loud(
    {
      'own cookie of the store after a reload': `await cookieStore.set({ name: 'probe', value: url.split('/').pop(), expires: Date.now() + 6e4 })`,
    },
    'reload',
  ),
]);

export const journeyProbes: readonly Probe[] = [...loud(windows), ...loud(away), ...byHand, ...own];
