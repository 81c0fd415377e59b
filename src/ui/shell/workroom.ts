/** All of the page but its first picture; loaded by it, before the lock. */
export { openWorkplace } from './open-workplace';
export { default as Workroom } from './Workroom.svelte';
