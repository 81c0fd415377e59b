/** What synthetic records are for, from the least to the most exposed. */
export const PURPOSES = ['testing', 'analytics', 'model-training', 'sharing', 'public-release'] as const;

export type Purpose = (typeof PURPOSES)[number];
