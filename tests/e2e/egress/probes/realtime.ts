import { loud, quiet, type Probe } from './probe';

const offer = `p.createDataChannel('x'); await p.setLocalDescription(await p.createOffer());`;

/** WebRTC speaks past proxies and past every policy but `Connection-Allowlist`. */
export const realtimeProbes: readonly Probe[] = quiet({
  'webrtc stun': `const p = new RTCPeerConnection({ iceServers: [{ urls: 'stun:' + host }] }); ${offer}`,
  'webrtc turn': `const p = new RTCPeerConnection({ iceServers: [{ urls: 'turn:' + host, username: canary, credential: 'x' }] }); ${offer}`,
  'webrtc turn over tcp': `const p = new RTCPeerConnection({ iceServers: [{ urls: 'turn:' + host + '?transport=tcp', username: canary, credential: 'x' }] }); ${offer}`,
  'webrtc candidate': `const p = new RTCPeerConnection(); const q = new RTCPeerConnection(); p.createDataChannel('x'); await p.setLocalDescription(await p.createOffer()); await q.setRemoteDescription(p.localDescription); await q.setLocalDescription(await q.createAnswer()); await p.setRemoteDescription(q.localDescription); await p.addIceCandidate({ candidate: 'candidate:1 1 udp 2122260223 ' + ip + ' ' + port + ' typ host', sdpMid: '0', sdpMLineIndex: 0 })`,
});

/** The same in environments of their own; Chromium ends the tab of a page that tries under `Connection-Allowlist`. */
export const childRealtimeProbes: readonly Probe[] = loud({
  'webrtc of a frame': `const p = new (k.make('iframe', {}).contentWindow.RTCPeerConnection)({ iceServers: [{ urls: 'stun:' + host }] }); ${offer} await k.later(800)`,
  'webrtc of a picture-in-picture window': `const w = await k.call(documentPictureInPicture, 'requestWindow'); const p = new w.RTCPeerConnection({ iceServers: [{ urls: 'stun:' + host }] }); ${offer} await k.later(800)`,
  'webrtc of an empty window': `const p = new (open('about:blank').RTCPeerConnection)({ iceServers: [{ urls: 'stun:' + host }] }); ${offer} await k.later(800)`,
});
