/** As much of jsdom as tests of pages and files use: to read HTML and XML as a browser would. */
declare module "jsdom" {
  export class JSDOM {
    constructor(html?: string);
    readonly window: { readonly document: Document; readonly DOMParser: typeof DOMParser };
  }
}
