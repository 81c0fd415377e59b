/** As much of a key press as tells undo from redo. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Ctrl or Cmd with Z undoes; with Shift and Z, or with Y, it redoes. Null for any other key. */
export function readUndoKey({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyPress): 'undo' | 'redo' | null {
  if (altKey || ctrlKey === metaKey) return null;
  const letter = key.toLowerCase();
  if (letter === 'z') return shiftKey ? 'redo' : 'undo';
  return letter === 'y' && !shiftKey ? 'redo' : null;
}

const NO_TEXT = ['checkbox', 'radio', 'button', 'submit', 'reset', 'file', 'range', 'color'];

/** True for what has an undo of its own: a field that is typed into. */
export function isTypedInto(tagName: string, type: string | null, isEditable: boolean): boolean {
  const tag = tagName.toLowerCase();
  if (isEditable || tag === 'textarea') return true;
  return tag === 'input' && !NO_TEXT.includes(type ?? 'text');
}
