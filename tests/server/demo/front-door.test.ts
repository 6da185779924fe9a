/** The demo's two pages over HTTP, as a browser without script gets them. */
import express from "express";
import type { AddressInfo } from "node:net";
import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { cast } from "../../../server/demo/cast.ts";
import { demoPages } from "../../../server/demo/front-door.tsx";
import { phraseIn } from "../../../server/demo/play.ts";
import { aDemo } from "./support.ts";

const parsed = (html: string): Document => new JSDOM(html).window.document;

async function aFrontDoor() {
  const { house, ports, demo, talks } = await aDemo();
  const app = express();
  demoPages(app, { ...ports, house, demo });
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const page = async (path: string) => parsed(await (await fetch(base + path)).text());
  const play = () => fetch(`${base}/demo/play`, { method: "POST", redirect: "manual" });
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await house.stop();
  };
  return { base, page, play, talks, close };
}

test("the front door says how far the text is and offers every seat, each in a tab of its own, without a script", async () => {
  const { page, close } = await aFrontDoor();
  const door = await page("/demo");
  expect(door.querySelector("h1")?.textContent).toBe("Last Thursday");
  expect(door.body.textContent).toContain(
    "27 of 36 paragraphs are agreed. 6 paragraphs stand between here and consensus.",
  );
  expect(door.querySelectorAll("script, iframe")).toHaveLength(0);
  const forms = [...door.querySelectorAll<HTMLFormElement>("form")];
  const seats = forms.filter(({ target }) => target === "_blank");
  // Two of the cast share a seat.
  expect(seats).toHaveLength(Object.keys(cast).length - 1);
  expect(seats.every(({ method }) => method === "post")).toBe(true);
  expect(seats[0]?.getAttribute("action")).toBe("/demo/enter/chair");
  expect(seats[0]?.querySelector("button")?.textContent).toBe("Sit as Chair (opens in a new tab)");
  const others = forms.filter(({ target }) => target !== "_blank").map((form) => form.getAttribute("action"));
  expect(others).toEqual(["/demo/play", "/demo/reset"]);
  await close();
});

test("the page of the play is sent while it goes on, with both sides of every beat", async () => {
  const { base, page, play, talks, close } = await aFrontDoor();
  expect((await page("/demo/play")).body.textContent).toContain("Nothing is being played.");

  const started = await play();
  expect([started.status, started.headers.get("location")]).toEqual([303, "/demo/play"]);
  const stream = await fetch(`${base}/demo/play`);
  const reader = stream.body!.getReader();
  const decoder = new TextDecoder();
  let html = decoder.decode((await reader.read()).value, { stream: true });
  expect(html).toContain("<h1>90 seconds with paragraph 24</h1>");
  expect(html).not.toContain("</html>");
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    html += decoder.decode(piece.value, { stream: true });
  }
  const document = parsed(html);
  const beats = [...document.querySelectorAll("ol.beats > li")];
  expect(beats).toHaveLength(7);
  const sides = (index: number) => [...beats[index]!.querySelectorAll("section")].map(({ textContent }) => textContent);
  expect(sides(0)[0]).toContain("27 of 36 agreed. In the way: 6 paragraphs, 5 delegations.");
  expect(sides(0)[1]).toContain("You object.");
  expect(
    [...beats[2]!.querySelectorAll("section:first-child ins")].map(({ lastChild }) => lastChild?.textContent),
  ).toEqual(["taking into account the different capacities of States"]);
  expect(sides(2)[1]).toContain("The words are as before.");
  expect(sides(3)[1]).toContain("Your words are in: met?");
  expect(sides(5)[0]).toContain("28 of 36 agreed. In the way: 5 paragraphs, 4 delegations.");
  expect(document.querySelector("footer")).not.toBeNull();

  // Played again, the demo begins anew first.
  expect(phraseIn(talks())).toBeNull();
  await play();
  expect(talks().report({ kind: "team" }).overview.agreed).toBe(27);
  await close();
});
