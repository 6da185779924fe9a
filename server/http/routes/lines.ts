/** Lines to rooms over plain HTTP, for networks that refuse websockets (server/rooms/SPEC.md: LIN). */
import * as answers from "../../../shared/wire/answers.ts";
import type { LineAnswer } from "../../../shared/wire/api.ts";
import { lineQuery, openLineQuery } from "../../../shared/wire/requests.ts";
import type { Endpoint } from "../endpoint.ts";
import { endpoint } from "../endpoint.ts";
import type { HttpPorts } from "../ports.ts";
import { Trouble } from "../problems.ts";

export function lineRoutes({ lines }: HttpPorts): readonly Endpoint[] {
  return [
    endpoint(
      {
        method: "post",
        path: "/sync/:room",
        summary: "Opens a line to a room where the network refuses websockets; ?seat= names the seat.",
        query: openLineQuery,
        answer: answers.lineAnswer,
        status: 201,
        problems: ["not-allowed"],
      },
      async ({ request }): Promise<LineAnswer> => {
        const line = await lines.open(request);
        if (line === null) throw new Trouble("not-allowed");
        return { line };
      },
    ),
    endpoint(
      {
        method: "post",
        path: "/sync/:room/:line",
        summary:
          "Frames of a line: those in the body go up, and are answered by 204; with ?received=N those after N come down as soon as there are any.",
        query: lineQuery,
        answer: "application/octet-stream",
        problems: ["not-allowed"],
      },
      async ({ request, response }): Promise<void> => {
        if (!(await lines.serve(request, response))) throw new Trouble("not-allowed");
      },
    ),
  ];
}
