/** An element that `element` made; text is always escaped, so markup is a type of its own. */
export interface XmlElement {
  readonly markup: string;
}

/** `<name>text</name>`, or an element with children. */
export function element(name: string, content: string | number | boolean | readonly XmlElement[]): XmlElement {
  const inner = Array.isArray(content) ? content.map((child) => child.markup).join("") : escapeXml(String(content));
  return { markup: `<${name}>${inner}</${name}>` };
}

/** A whole document. S3's answers (but not its errors) stand in its namespace. */
export function xmlDocument(root: XmlElement, namespace?: string): string {
  const markup = namespace === undefined ? root.markup : root.markup.replace(/^<(\w+)>/, `<$1 xmlns="${namespace}">`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${markup}`;
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Characters that XML 1.0 cannot hold become character references, as S3 writes them. */
function escapeXml(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a key may hold them, and XML may not.
    /[&<>"\u0000-\u001f\u007f]/g,
    (character) => ESCAPES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`,
  );
}
