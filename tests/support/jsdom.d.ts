/** As much of jsdom as tests of pages use: to read HTML as a browser would. */
declare module "jsdom" {
  export class JSDOM {
    constructor(html: string);
    readonly window: { readonly document: Document };
  }
}
