export type Theme = 'auto' | 'light' | 'dark';

export const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];

/** Where the choice is kept; answers null and does nothing where storage is refused. */
export interface ThemeMemory {
  get(): string | null;
  set(theme: Theme): void;
}

/** Day, night or as the system says. */
export class ThemeState {
  current = $state<Theme>('auto');

  constructor(
    private readonly memory: ThemeMemory,
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
