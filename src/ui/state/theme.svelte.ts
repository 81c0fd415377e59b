import type { KeptText } from './kept-text';

export type Theme = 'auto' | 'light' | 'dark';

export const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];

/** Day, night or as the system says. */
export class ThemeState {
  current = $state<Theme>('auto');

  constructor(
    private readonly memory: KeptText,
    private readonly root: HTMLElement,
  ) {
    const kept = memory.get();
    this.apply(THEMES.find((theme) => theme === kept) ?? 'auto');
  }

  choose(theme: Theme): void {
    this.memory.set(theme);
    this.apply(theme);
  }

  private apply(theme: Theme): void {
    this.current = theme;
    if (theme === 'auto') delete this.root.dataset['theme'];
    else this.root.dataset['theme'] = theme;
  }
}
