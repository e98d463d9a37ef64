// Firefox, by WebDriver BiDi: takes a step a line from standard input, as JSON, and answers each with a line.
// Arguments: the folder of the installed libraries, and Firefox.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { join } from "node:path";

const [libraries, executablePath] = process.argv.slice(2);
const puppeteer = createRequire(join(libraries, "."))("puppeteer-core");
const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
const page = await browser.newPage();
await page.setViewport({ width: 390, height: 844 });

const run = (script, given) => page.evaluateHandle(new Function("given", script), given);

const steps = {
  open: ({ address }) => page.goto(address),
  read: async ({ script, given }) => (await run(script, given)).jsonValue(),
  press: async ({ script, given }) => (await run(script, given)).asElement().click(),
  write: async ({ script, given, text }) => (await run(script, given)).asElement().type(text),
};

for await (const line of createInterface({ input: process.stdin })) {
  const step = JSON.parse(line);
  try {
    const value = await steps[step.do](step);
    console.log(JSON.stringify({ value: step.do === "read" ? value : null }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
await browser.close();
