import type * as Renderer from 'adaptivecards';

/** Microsoft's renderer, served as a script of its own. */
declare const AdaptiveCards: typeof Renderer;

/** Colours are those of page.css, so that light and dark need no second drawing. */
const tone = (name: string) => ({ default: `var(--${name})`, subtle: `var(--${name === 'ink' ? 'quiet' : name})` });
const foregroundColors = {
  default: tone('ink'),
  dark: tone('ink'),
  light: tone('quiet'),
  accent: tone('leaf'),
  good: tone('good'),
  warning: tone('warning'),
  attention: tone('bad'),
};
const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors });

const look = {
  fontFamily: 'inherit',
  supportsInteractivity: true,
  spacing: { small: 6, default: 10, medium: 14, large: 20, extraLarge: 28, padding: 0 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  fontSizes: { small: 13, default: 15, medium: 16, large: 18, extraLarge: 22 },
  lineHeights: { small: 18, default: 22, medium: 23, large: 26, extraLarge: 30 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  containerStyles: {
    default: style('transparent'),
    emphasis: style('var(--wash)'),
    good: style('var(--good-wash)'),
    warning: style('var(--warning-wash)'),
    attention: style('var(--bad-wash)'),
    accent: style('var(--leaf-wash)'),
  },
  actions: {
    maxActions: 30,
    spacing: 'medium',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    allowTitleToWrap: true,
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { color: 'attention', weight: 'default' },
  },
};

let config: Renderer.HostConfig | undefined;

/** What Teams gets, drawn by what Teams draws it with. `act` is told of a pressed button: its address and its element. */
export function drawn(
  card: object,
  act?: (address: string, button: HTMLButtonElement) => void,
): { card: Renderer.AdaptiveCard; element: HTMLElement } {
  config ??= prepared();
  const made = new AdaptiveCards.AdaptiveCard();
  made.hostConfig = config;
  made.onExecuteAction = (action) => {
    const address = action instanceof AdaptiveCards.SubmitAction ? (action.data as { press?: string }).press : undefined;
    if (act && address) act(address, action.renderedElement as HTMLButtonElement);
    if (action instanceof AdaptiveCards.OpenUrlAction && action.url) open(action.url, '_blank', 'noopener');
  };
  made.parse(card);
  const element = made.render() ?? document.createElement('div');
  for (const button of element.querySelectorAll<HTMLButtonElement>('button.ac-pushButton')) button.type = 'button';
  return { card: made, element };
}

function prepared(): Renderer.HostConfig {
  // The renderer leaves markdown to its host; a host that reads none shows what was typed as it was typed.
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (_, result) => {
    result.didProcess = false;
  };
  AdaptiveCards.GlobalSettings.setTabIndexAtCardRoot = false;
  AdaptiveCards.GlobalSettings.useMarkdownInRadioButtonAndCheckbox = false;
  return new AdaptiveCards.HostConfig(look);
}
