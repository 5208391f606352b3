/** One thing that the doctor looked at. */
export interface Finding {
  readonly name: string;
  /** A note may be meant so; what is wrong keeps something from working. */
  readonly state: 'good' | 'note' | 'wrong';
  readonly text: string;
  /** What to do about it. */
  readonly hint?: string;
}
