/** A text of a person's as the end of a sentence, with one mark at its end. */
export function endSentence(text: string): string {
  const bare = text.trim();
  return /[.!?…]$/.test(bare) ? bare : `${bare}.`;
}
