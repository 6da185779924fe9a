/** What leaves a server and comes back to one, in a real browser: programs that are told, and a negotiation from an archive. */
import type { IncomingMessage, Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openerSeat } from "../../../server/http/identity.ts";
import { writeArchive } from "../../../server/publication/archive.ts";
import { networksOf, outside } from "../../../server/webhooks/post.ts";
import { voiceIn } from "../../../shared/messages/say.ts";
import { desksInBrowser } from "../../support/desks-in-browser.ts";
import { httpServer } from "../../support/http-server.ts";

const desks = desksInBrowser({ outside: outside(networksOf(["127.0.0.1/32"])) }, /\/(?:webhooks|archives)$/);
let program: Server;
let address: string;
const came: { readonly headers: IncomingMessage["headers"]; readonly body: string }[] = [];
beforeAll(async () => {
  program = createServer((asked, response) => {
    void text(asked).then((body) => {
      came.push({ headers: asked.headers, body });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((done) => program.listen(0, "127.0.0.1", done));
  address = `http://127.0.0.1:${(program.address() as AddressInfo).port}/told`;
});
afterAll(() => {
  program.closeAllConnections();
  program.close();
});

test("[HOK4] [HOK5] the chair has a program told, tries it, and removes it; an address that is not public is refused in words", async () => {
  const chair = await desks.enter(await desks.linkTo("chair"));
  await chair.getByRole("button", { name: "Settings" }).click();
  const programs = chair.getByRole("region", { name: "Programs that are told" });
  await programs.getByText("No program is told.").waitFor();
  const field = programs.getByRole("textbox", { name: "Address" });
  const add = programs.getByRole("button", { name: "Tell this address" });

  for (const [entered, told] of [
    ["http://192.168.1.1/told", "This address is not public: "],
    ["https://user:secret@example.org/", "Give a whole address that begins with https://, "],
    ["http://93.184.215.14/", "The address must begin with https://, "],
  ] as const) {
    await field.fill(entered);
    await add.click();
    // As it stands there: without the name of a field that only programs know.
    await programs.getByText(new RegExp(`^${told}`)).waitFor();
  }
  await field.fill(address);
  await add.click();
  await programs.getByText(/^whsec_/).waitFor();
  await programs.getByText(address, { exact: true }).waitFor();
  expect(await field.inputValue()).toBe("");
  expect(await programs.getByText("This address is not public").count()).toBe(0);

  await programs.getByRole("button", { name: /^Send a test/ }).click();
  await chair.getByText("The test was received.").waitFor();
  expect(came.map(({ headers, body }) => [JSON.parse(body).type, headers["webhook-signature"]?.slice(0, 3)])).toEqual([
    ["test", "v1,"],
  ]);
  await programs.getByText("The last message").click();
  await programs.getByText(/a test, answered 204 after \d+ ms/).waitFor();

  await programs.getByRole("button", { name: /^Remove/ }).click();
  await chair.getByText("This address is told nothing any more.").waitFor();
  await programs.getByText("No program is told.").waitFor();
});

test("[ARC3] [ARC6] an operator opens a negotiation from its archive, is told what was checked, and its chair comes in", async () => {
  const elsewhere = await httpServer({ slug: "brought" });
  const { talks } = elsewhere;
  const [draft, report] = [talks.textFor({ kind: "team" }), talks.report({ kind: "team" })];
  const told = { reader: "host", events: talks.entries, report, draft, release: "0.0.0-test" };
  const archive = Buffer.from(await writeArchive(told, voiceIn("en")));
  const altered = Buffer.from(archive);
  altered[altered.length >> 1]! ^= 1;
  await elsewhere.close();

  const { identity } = desks.server.ports;
  const { token } = await identity.makeLink({ negotiation: null, seat: openerSeat, name: "Operator" });
  const page = await desks.enter(`${desks.server.base}/enter/${token}`);
  const section = page.getByRole("region", { name: "From an archive" });
  const choose = section.getByLabel("Choose an archive…");
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: "application/zip", buffer });
  await choose.setInputFiles(file("altered.zip", altered));
  const refused = section.getByRole("alert");
  await refused.waitFor();
  expect(await refused.textContent()).toMatch(/^The archive was not opened: .*\. Nothing of it was kept\.$/);
  expect(desks.server.ports.house.bySlug("brought")).toBeNull();

  await choose.setInputFiles(file("brought.zip", archive));
  await section
    .getByText(`Each of the ${talks.entries.length} entries of its record follows from the one before.`)
    .waitFor();
  await section.getByText(talks.record.head).waitFor();
  const link = await section
    .getByText(/\/enter\//)
    .first()
    .textContent();
  const chair = await desks.enter(link ?? "");
  await chair.getByRole("textbox", { name: "Draft report" }).getByText("States should aaaa.").waitFor();
  if (process.env["SCREENSHOTS"]) {
    await page.screenshot({ path: `${process.env["SCREENSHOTS"]}/archive.png`, fullPage: true });
    await page.setViewportSize({ width: 390, height: 844 });
    await section.scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${process.env["SCREENSHOTS"]}/archive-phone.png` });
  }
});

test("[FED3] [FED4] a delegation on a phone makes a secret address of its feeds, and ends it", async () => {
  const desk = await desks.enter(await desks.linkTo("delegation:XAA"), { width: 390, height: 844 });
  const box = desk.getByRole("group").filter({ hasText: "Follow in a feed reader or calendar" }).last();
  await box.getByText("Follow in a feed reader or calendar").click();
  await box.getByText("There is no such address.").waitFor();
  await box.getByRole("button", { name: "Make a secret address" }).click();
  const address = (await box.getByText(/\/feed\.atom$/).textContent()) ?? "";
  expect((await fetch(address)).status).toBe(200);
  if (process.env["SCREENSHOTS"]) await desk.screenshot({ path: `${process.env["SCREENSHOTS"]}/feed-key-phone.png` });
  await box.getByRole("button", { name: "End it" }).click();
  await box.getByText("There is no such address.").waitFor();
  expect((await fetch(address)).status).toBe(404);
});
