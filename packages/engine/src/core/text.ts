/** The same sentence in the two languages of the report. */
export interface Bilingual {
  readonly en: string;
  readonly fr: string;
}
