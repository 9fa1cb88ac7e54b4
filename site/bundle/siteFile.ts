/** A file of the site, by its path in it. */
export interface SiteFile {
  readonly file: string;
  readonly text: string;
}
