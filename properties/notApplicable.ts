/** The first of the reasons that applies. */
export function firstOf(...reasons: readonly (string | false | undefined)[]): string | undefined {
  for (const reason of reasons) if (reason !== false && reason !== undefined) return reason;
  return undefined;
}

/** Gives a property the reason why it says nothing about a scope, if there is one. */
export function unless(reason: string | undefined): { readonly notApplicable?: string } {
  return reason === undefined ? {} : { notApplicable: reason };
}
