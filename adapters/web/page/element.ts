type Trait = string | number | boolean | undefined | ((event: never) => void);

/**
 * Makes an element. Strings become text nodes, so nothing that people typed is ever read as markup; functions become listeners;
 * `true` sets an attribute, `false` and `undefined` leave it out.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  traits: Readonly<Record<string, Trait>> = {},
  ...children: (Node | string | undefined)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, trait] of Object.entries(traits)) {
    if (typeof trait === 'function') made.addEventListener(name, trait as EventListener);
    else if (trait === true) made.setAttribute(name, '');
    else if (trait !== undefined && trait !== false) made.setAttribute(name, String(trait));
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** The element of page.html with this id. */
export function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`page.html has no #${id}`);
  return found;
}
