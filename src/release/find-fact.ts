import type { Dossier, SectionId } from './dossier';

/** What a person stated under an item of the dossier; null where nobody did. */
export function findStated(
  { sections }: Pick<Dossier, 'sections'>,
  item: SectionId,
  id: string,
): string | null {
  const fact = sections.find((section) => section.id === item)?.facts.find((each) => each.id === id);
  return fact?.by === 'person' && typeof fact.value === 'string' ? fact.value : null;
}
