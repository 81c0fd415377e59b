/** Constructors and objects that the lock removes by name, and that code from before the lock may have kept. */
const removable = [
  'RTCPeerConnection',
  'Worker',
  'SharedWorker',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'XMLHttpRequest',
  'FontFace',
  'PaymentRequest',
  'XSLTProcessor',
  'fetchLater',
  'open',
  'documentPictureInPicture',
  'cookieStore',
] as const;

/**
 * Put into a page before any script of its own, as hostile code that came with the build and ran first: keeps every
 * function, getter and setter of every interface and the names above, takes the name of our Trusted Types policy for
 * one that lets everything pass, and makes a worker and a frame that begin before the lock.
 */
export const keeperText = `
(() => {
  const members = new Map();
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    let value;
    try { value = globalThis[name]; } catch { continue; }
    for (const owner of [value, value?.prototype])
      if (owner !== null && (typeof owner === 'object' || typeof owner === 'function') && owner !== globalThis)
        members.set(owner, Object.getOwnPropertyDescriptors(owner));
  }
  const names = Object.fromEntries(${JSON.stringify(removable)}.map((name) => [name, globalThis[name]]));
  const pass = { createScriptURL: (text) => text, createHTML: (text) => text, createScript: (text) => text };
  const policy = globalThis.trustedTypes?.createPolicy('understudy', pass);
  if (policy) TrustedTypePolicyFactory.prototype.createPolicy = () => policy;
  const kept = { members, names, policy };
  Object.defineProperty(globalThis, 'keptByHostileCode', { value: kept });
  document.addEventListener('readystatechange', () => {
    if (document.readyState !== 'interactive' || top !== globalThis || opener !== null) return;
    const text = "onmessage = ({ data }) => fetch(data, { mode: 'no-cors' })";
    const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    kept.earlyWorker = new Worker(policy?.createScriptURL(address) ?? address);
    kept.earlyFrame = document.createElement('iframe');
    document.documentElement.append(kept.earlyFrame);
  });
})();`;

/**
 * What the probes work with: \`k.call\` and \`k.set\` reach members by what was kept before the lock where something
 * was, \`k.make\` makes an element with attributes and puts it into the page, \`k.script\` makes of an address what the
 * browser takes for a script, \`k.html\` likewise for markup.
 */
export const toolText = `
const kept = globalThis.keptByHostileCode;
const find = (owner, name) => {
  for (let at = owner; at !== null; at = Object.getPrototypeOf(at)) {
    const found = kept?.members.get(at)?.[name];
    if (found) return found;
  }
};
const attempt = (work) => { try { return work(); } catch { return undefined; } };
const factory = attempt(() => globalThis.trustedTypes);
const pass = { createScriptURL: (text) => text, createHTML: (text) => text, createScript: (text) => text };
const policy = kept?.policy ?? attempt(() => factory?.createPolicy('understudy', pass)) ?? attempt(() => factory?.createPolicy('probe', pass));
const k = {
  call: (owner, name, ...rest) => (find(owner, name)?.value ?? owner[name]).apply(owner, rest),
  set: (owner, name, value) => {
    const set = find(owner, name)?.set;
    if (set) set.call(owner, value); else owner[name] = value;
  },
  element: (tag) => k.call(document, 'createElement', tag),
  svg: (tag) => k.call(document, 'createElementNS', 'http://www.w3.org/2000/svg', tag),
  put: (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) k.call(element, 'setAttribute', name, value);
    return element;
  },
  show: (element) => { document.body.appendChild(element); return element; },
  make: (tag, attributes) => k.show(k.put(k.element(tag), attributes)),
  draw: (tag, attributes) => {
    const svg = k.show(k.svg('svg'));
    svg.appendChild(k.put(k.svg(tag), attributes));
    return svg.firstChild;
  },
  hint: (attributes) => document.head.appendChild(k.put(k.element('link'), attributes)),
  style: (property, value) => {
    const box = k.element('p');
    box.textContent = 'x';
    box.style.setProperty(property, value);
    return k.show(box);
  },
  script: (address) => attempt(() => policy.createScriptURL(address)) ?? address,
  html: (text) => attempt(() => policy.createHTML(text)) ?? text,
  later: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  blob: (text, type = 'text/javascript') => URL.createObjectURL(new Blob([text], { type })),
};
const names = {};
for (const name of ${JSON.stringify(removable)}) names[name] = kept?.names[name] ?? attempt(() => globalThis[name]);
const { ${removable.join(', ')} } = names;
`;
