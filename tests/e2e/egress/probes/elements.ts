import { quiet, type Probe } from './probe';

const media = {
  image: `new Image().src = url`,
  'image in an element': `k.make('img', { src: url })`,
  'image set': `k.make('img', { srcset: url + ' 1x' })`,
  picture: `const p = k.make('picture', {}); p.append(k.put(k.element('source'), { srcset: url }), k.put(k.element('img'), { src: 'data:,' }))`,
  video: `k.make('video', { src: url, preload: 'auto' })`,
  poster: `k.make('video', { poster: url })`,
  audio: `k.make('audio', { src: url, preload: 'auto' })`,
  'text track': `const v = k.make('video', { src: 'data:video/mp4,', crossorigin: 'anonymous' }); const t = k.put(k.element('track'), { src: url, default: '', kind: 'captions' }); v.append(t); t.track.mode = 'showing'`,
  'input image': `k.make('input', { type: 'image', src: url })`,
  'body background': `k.put(document.body, { background: url })`,
  object: `k.make('object', { data: url })`,
  embed: `k.make('embed', { src: url })`,
  frame: `k.make('iframe', { src: url })`,
  'frame with markup': `k.make('iframe', { srcdoc: '<img src="' + url + '">' })`,
  'script of an empty frame': `await k.make('iframe', {}).contentWindow.fetch(url, { mode: 'no-cors' })`,
  'frame led away': `k.make('iframe', {}).contentWindow.location = url`,
  script: `k.set(k.element('script'), 'src', url); const s = k.element('script'); k.set(s, 'src', k.script(url)); k.show(s)`,
  'image of a drawing': `k.draw('image', { href: url, width: '9', height: '9' })`,
  'filter of a drawing': `const f = k.draw('filter', { id: 'f' + port }); f.appendChild(k.put(k.svg('feImage'), { href: url })); k.style('filter', 'url(#f' + port + ')')`,
};

const styles = {
  'style background': `k.style('background-image', 'url(' + url + ')')`,
  'style image set': `k.style('background-image', 'image-set(url(' + url + ') 1x)')`,
  'style content': `k.style('content', 'url(' + url + ')')`,
  'style list mark': `const b = k.style('list-style-image', 'url(' + url + ')'); b.style.display = 'list-item'`,
  'style mask': `k.style('mask-image', 'url(' + url + ')')`,
  'style import': `const s = k.element('style'); s.textContent = '@import url(' + url + ')'; document.head.append(s)`,
  'style font': `const s = k.element('style'); s.textContent = '@font-face { font-family: f' + port + '; src: url(' + url + ') }'; document.head.append(s); k.style('font-family', 'f' + port)`,
  'adopted style sheet': `const s = new CSSStyleSheet(); s.replaceSync('.f' + port + ' { background: url(' + url + ') }'); document.adoptedStyleSheets.push(s); k.style('color', 'red').className = 'f' + port`,
};

const hints = {
  'style sheet link': `k.hint({ rel: 'stylesheet', href: url })`,
  preload: `k.hint({ rel: 'preload', as: 'image', href: url })`,
  prefetch: `k.hint({ rel: 'prefetch', href: url })`,
  'module preload': `k.hint({ rel: 'modulepreload', href: url })`,
  icon: `k.hint({ rel: 'icon', href: url })`,
  manifest: `k.hint({ rel: 'manifest', href: url })`,
  preconnect: `k.hint({ rel: 'preconnect', href: origin })`,
  'dns hint': `k.hint({ rel: 'dns-prefetch', href: origin })`,
  'dns hint by a link': `k.make('a', { href: url }).textContent = 'x'`,
  'speculation rules': `const s = k.put(k.element('script'), { type: 'speculationrules' }); s.text = JSON.stringify({ prefetch: [{ source: 'list', urls: [url], eagerness: 'immediate' }] }); document.head.append(s)`,
};

/** Markup from text: the browser makes the elements, so that no constructor of elements is asked. */
const markup = {
  'inner markup': `const b = k.make('p', {}); k.set(b, 'innerHTML', k.html('<img src="' + url + '">'))`,
  'outer markup': `const b = k.make('p', {}); k.set(b, 'outerHTML', k.html('<img src="' + url + '">'))`,
  'adjacent markup': `k.call(document.body, 'insertAdjacentHTML', 'beforeend', k.html('<link rel="preconnect" href="' + origin + '">'))`,
  'markup as a whole': `k.call(k.make('p', {}), 'setHTMLUnsafe', k.html('<link rel="preconnect" href="' + origin + '">'))`,
  'cleaned markup': `k.call(k.make('p', {}), 'setHTML', '<img src="' + url + '"><a href="' + url + '">x</a>')`,
  'markup of a template': `const t = k.element('template'); k.set(t, 'innerHTML', k.html('<img src="' + url + '">')); k.show(t.content.cloneNode(true))`,
  'markup by a parser': `k.show(k.call(new DOMParser(), 'parseFromString', k.html('<link rel="preconnect" href="' + origin + '">'), 'text/html').head.firstChild)`,
  'markup of a range': `k.show(k.call(document.createRange(), 'createContextualFragment', k.html('<img src="' + url + '">')))`,
  'markup of a document': `k.show(k.call(Document, 'parseHTMLUnsafe', k.html('<img src="' + url + '">')).body.firstChild)`,
  'markup of a command': `const b = k.make('p', { contenteditable: '' }); b.focus(); k.call(document, 'execCommand', 'insertHTML', false, k.html('<img src="' + url + '">'))`,
  'markup by a style sheet language': `const x = new XSLTProcessor(); const parse = (text) => k.call(new DOMParser(), 'parseFromString', k.html(text), 'text/xml'); x.importStylesheet(parse('<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><img xmlns="http://www.w3.org/1999/xhtml" src="' + url + '"/></xsl:template></xsl:stylesheet>')); k.show(x.transformToFragment(parse('<a/>'), document))`,
};

/** Detours round guards on the making of elements and attributes, each found by trying. */
const detours = {
  'element of a class': `class Link extends HTMLLinkElement {} k.call(customElements, 'define', 'probe-' + port, Link, { extends: 'link' }); const l = new Link(); k.put(l, { rel: 'preconnect', href: origin }); document.head.append(l)`,
  'element of another document': `const d = k.call(document.implementation, 'createHTMLDocument', ''); const l = d.createElement('link'); l.rel = 'preconnect'; l.href = origin; document.head.append(l)`,
  'element of an XML document': `const d = k.call(document.implementation, 'createDocument', null, ''); const l = d.createElementNS('http://www.w3.org/1999/xhtml', 'link'); l.setAttribute('rel', 'preconnect'); l.setAttribute('href', origin); document.head.append(document.importNode(l))`,
  'element of a new document': `const d = new Document(); const l = d.createElementNS('http://www.w3.org/1999/xhtml', 'link'); l.setAttribute('rel', 'preconnect'); l.setAttribute('href', origin); document.head.append(document.adoptNode(l))`,
  'element with a prefix': `const l = k.call(document, 'createElementNS', 'http://www.w3.org/1999/xhtml', 'x:link'); k.put(l, { rel: 'preconnect', href: origin }); document.head.append(l)`,
  'copy of a link': `const l = document.head.querySelector('link').cloneNode(); l.rel = 'preconnect'; k.set(l, 'href', origin); document.head.append(l)`,
  'copy of a link by its attribute': `const l = document.head.querySelector('link').cloneNode(); l.rel = 'preconnect'; k.set(l.attributes.href, 'value', origin); document.head.append(l)`,
  'link of the page by its attribute': `const l = document.head.querySelector('link'); k.set(l.attributes.href, 'nodeValue', url)`,
  'attribute moved over': `const i = k.element('p'); k.put(i, { href: origin, rel: 'preconnect' }); const l = document.head.querySelector('link').cloneNode(); for (const name of ['href', 'rel']) { const a = i.attributes[name]; i.removeAttributeNode(a); k.call(l, 'setAttributeNode', a); } document.head.append(l)`,
  'copy of an attribute': `const l = document.head.querySelector('link').cloneNode(); l.rel = 'preconnect'; const a = l.attributes.href.cloneNode(); k.set(a, 'textContent', origin); k.call(l.attributes, 'setNamedItem', a); document.head.append(l)`,
  'link headers': `const l = document.head.querySelector('link').cloneNode(); l.rel = 'preload'; l.as = 'image'; k.set(l, 'imageSrcset', url + ' 1x'); document.head.append(l)`,
  'script environment of a frame made by markup': `const b = k.make('p', {}); k.set(b, 'innerHTML', k.html('<iframe></iframe>')); await b.firstChild.contentWindow.fetch(url, { mode: 'no-cors' })`,
};

export const elementProbes: readonly Probe[] = quiet({
  ...media,
  ...styles,
  ...hints,
  ...markup,
  ...detours,
});
