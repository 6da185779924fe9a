/** How to show a paragraph in another page, for programs that ask by its address (oembed.com). */
import * as z from "zod";
import { parseParagraphId } from "../../../shared/domain/values.ts";
import { oembed } from "../../../shared/wire/answers.ts";
import type { Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import { oembedAnswer } from "../pages/embed-page.tsx";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";

const pixels = z.coerce.number().int().min(1).max(10_000).exactOptional();

export const oembedRoutes = ({ house, site }: HttpPorts): readonly Endpoint[] => [
  endpoint(
    {
      method: "get",
      path: "/oembed",
      summary: "How to show a paragraph in another page, as everyone may read it.",
      query: z.strictObject({
        url: z.string().max(2_000).describe("The address of the paragraph's own page: /n/S/p/ID"),
        format: z.literal("json").exactOptional(),
        maxwidth: pixels,
        maxheight: pixels,
      }),
      answer: oembed,
      problems: ["not-found"],
    },
    ({ query: { url, maxwidth: width, maxheight: height } }) => {
      const { origin, pathname } = URL.canParse(url) ? new URL(url) : { origin: "", pathname: "" };
      const [, slug = "", id = ""] = /^\/n\/([^/]+)\/p\/([^/]+?)(?:\/embed)?$/.exec(pathname) ?? [];
      const negotiation = site.origins.has(origin) ? house.bySlug(slug) : null;
      const paragraph = parseParagraphId(id);
      const room = { ...(width !== undefined && { width }), ...(height !== undefined && { height }) };
      const answer = negotiation && paragraph && oembedAnswer(negotiation, paragraph, site.base, room);
      if (!answer) throw new Trouble("not-found");
      return answer;
    },
  ),
];
