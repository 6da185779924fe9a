/** As much of jsdom as tests of pages and files use: to read HTML and XML as a browser would, and to run a check of ours in it. */
declare module "jsdom" {
  export class JSDOM {
    constructor(html?: string, options?: { readonly runScripts: "outside-only" });
    readonly window: {
      readonly document: Document;
      readonly DOMParser: typeof DOMParser;
      eval(script: string): unknown;
    };
  }
}
