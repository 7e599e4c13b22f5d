// Reads JUnit's XML as Maven Surefire and Node.js write it.

/**
 * @typedef {object} Outcome
 * @property {string} name
 * @property {'passed' | 'failed' | 'skipped'} kind
 * @property {string} reason of a skip, or the first line of a failure
 */

const TESTCASE = /<testcase\b((?:[^>"]|"[^"]*")*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g;

/** @param {string} xml @returns {Outcome[]} one for each test case */
export function readJUnit(xml) {
  const outcomes = [];
  for (const [, attributes = '', body = ''] of xml.matchAll(TESTCASE)) {
    const classname = attribute(attributes, 'classname');
    const owner = classname === '' || classname === 'test' ? '' : `${classname.replace(/^.*\./, '')}: `;
    const name = owner + attribute(attributes, 'name');
    const skipped = /<skipped\b((?:[^>"]|"[^"]*")*)>([\s\S]*)/.exec(body);
    const failed = /<(?:failure|error)\b((?:[^>"]|"[^"]*")*)>([\s\S]*)/.exec(body);
    const told = failed ?? skipped;
    outcomes.push({ name, kind: kind(failed, skipped), reason: reason(told?.[1] ?? '', told?.[2] ?? '') });
  }
  return outcomes;
}

/** @param {unknown} failed @param {unknown} skipped @returns {Outcome['kind']} */
function kind(failed, skipped) {
  if (failed) return 'failed';
  return skipped ? 'skipped' : 'passed';
}

/**
 * What the element's message says, or else the first line of its text, without the exception's name.
 * @param {string} attributes @param {string} text @returns {string}
 */
function reason(attributes, text) {
  const message = firstLine(attribute(attributes, 'message'));
  if (message !== '') return message;
  const said = text.startsWith('<![CDATA[') ? text.slice('<![CDATA['.length) : unescape(text);
  return firstLine(said.replace(/^\s*[\w.$]+(?:Exception|Error): (?:Assumption failed: )?/, ''));
}

/** @param {string} text @param {string} name @returns {string} */
function attribute(text, name) {
  return unescape(new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(text)?.[1] ?? '');
}

/** @param {string} text @returns {string} */
function unescape(text) {
  return text
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');
}

/** @param {string} text @returns {string} */
function firstLine(text) {
  return text.trim().split('\n')[0]?.slice(0, 300) ?? '';
}
