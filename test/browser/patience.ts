/** "Within a second" (ms), with what a busy test machine takes to look. */
export const WITHIN_A_SECOND = 1_500;
