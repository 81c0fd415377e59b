import { sureForm, type ValueForm } from './value-form';

/** A picture by the name of its file, or written out in base64 (JPEG, PNG, GIF). */
export function isImage(text: string): boolean {
  return (
    /\.(?:jpe?g|png|gif|tiff?|bmp|webp|heic|dcm)$/i.test(text) ||
    /^(?:data:image\/|\/9j\/[A-Za-z0-9+/]{20}|iVBORw0KGgo|R0lGOD)/.test(text)
  );
}

/** A sound by the name of its file, or written out in base64. */
export function isSound(text: string): boolean {
  return /\.(?:wav|mp3|m4a|flac|ogg|aac|opus)$/i.test(text) || text.startsWith('data:audio/');
}

/** Pictures and voices: a table only points to them. */
export const IMAGE_FORMS: readonly ValueForm[] = [
  sureForm('photograph', 'a picture or the name of its file', isImage, { share: 0.3 }),
  sureForm('biometric', 'a sound or the name of its file', isSound, { share: 0.3 }),
];
