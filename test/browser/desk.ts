import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

/** The local workspace's page in the hands of a person: finds things by what can be seen or heard of them. */
export class Desk {
  readonly page: Page;
  /** What the page complained about: faults of its scripts, and what its Content-Security-Policy refused. */
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (fault) => this.complaints.push(fault.message));
    page.on('console', (line) => {
      if (line.type() === 'error' || line.type() === 'warning') this.complaints.push(line.text());
    });
  }

  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Desk> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 860 },
      timezoneId: 'Europe/Berlin',
      locale: 'en-GB',
      ...options,
    });
    context.setDefaultTimeout(20_000);
    const desk = new Desk(await context.newPage());
    await desk.page.goto(url);
    await desk.person('PM').waitFor();
    return desk;
  }

  readonly person = (name: string): Locator => this.page.getByRole('navigation', { name: 'You act as' }).getByRole('link', { name });
  readonly channel = (name: string): Locator => this.page.getByRole('navigation', { name: 'Channels' }).getByRole('link', { name });
  get composer(): Locator {
    return this.page.getByRole('combobox', { name: 'Message or command' });
  }
  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }
  get replies(): Locator {
    return this.page.getByLabel('Replies that only you can see');
  }
  /** The newest message that has these words. */
  readonly message = (words: string | RegExp): Locator =>
    this.page.getByRole('article').and(this.page.locator('.message')).filter({ hasText: words }).last();

  async write(words: string): Promise<void> {
    await this.composer.fill(words);
    await this.composer.press('Enter');
  }

  async press(label: string): Promise<void> {
    await this.page.getByRole('button', { name: label, exact: true }).last().click();
  }

  /** Sends the form that is open. */
  async submit(label: string): Promise<void> {
    await this.dialog.getByRole('button', { name: label, exact: true }).click();
  }

  async told(words: string | RegExp): Promise<void> {
    await this.replies.getByText(words).last().waitFor();
  }

  /** The channel or the direct messages, as this person. */
  async go(person: string, channel: string): Promise<void> {
    await this.person(person).click();
    await this.channel(channel).click();
    await this.page.getByRole('heading', { name: channel }).waitFor();
  }

  /** The example initiative has neither a review nor a readiness check. */
  async sayWhyWithout(): Promise<void> {
    await this.dialog.getByRole('textbox', { name: 'Without a review or readiness check: why?' }).fill('The pilot was reviewed on paper.');
  }

  async openVote(): Promise<void> {
    await this.write('/go-no-go churn');
    await this.sayWhyWithout();
    await this.submit('Open the vote');
    await this.told('The vote on Churn model is open until');
  }
}
