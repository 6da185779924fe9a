/** Headers that every answer carries (security C1, C5): nothing foreign is loaded, framed, or told where people come from. */
import type { RequestHandler } from "express";
import helmet from "helmet";

/**
 * @param isSecure served over https: then browsers are told to stay there
 * @param isDevelopment the development server of Vite puts scripts into the page, which the policy forbids
 */
export function securityHeaders(isSecure: boolean, isDevelopment: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: isDevelopment
      ? false
      : {
          useDefaults: false,
          directives: {
            defaultSrc: ["'none'"],
            scriptSrc: ["'self'"],
            // React Aria sets one style element, which carries the page's nonce.
            styleSrc: [
              "'self'",
              (_, response) => `'nonce-${(response as unknown as { locals: { nonce: string } }).locals.nonce}'`,
            ],
            imgSrc: ["'self'", "data:"],
            fontSrc: ["'self'"],
            connectSrc: ["'self'"],
            manifestSrc: ["'self'"],
            workerSrc: ["'self'"],
            formAction: ["'self'"],
            baseUri: ["'none'"],
            objectSrc: ["'none'"],
            frameAncestors: ["'none'"],
            requireTrustedTypesFor: ["'script'"],
            // ProseMirror reads pasted HTML through a policy of its own name, into a document that runs nothing.
            trustedTypes: ["ProseMirrorClipboard", "'allow-duplicates'"],
          },
        },
    referrerPolicy: { policy: "no-referrer" },
    crossOriginOpenerPolicy: { policy: "same-origin" },
    crossOriginResourcePolicy: { policy: "same-origin" },
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: isSecure,
    xFrameOptions: { action: "deny" },
  });
}
