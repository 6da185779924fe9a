/** A sentence that depends on a count: the forms that a language distinguishes, `other` always (CLDR). */
export interface Plural<Forms extends PluralForms = PluralForms> {
  readonly plural: Forms;
}

type PluralForms = { readonly [Form in Intl.LDMLPluralRule]?: string } & { readonly other: string };

export const plural = <const Forms extends PluralForms>(forms: Forms): Plural<Forms> => ({ plural: forms });
