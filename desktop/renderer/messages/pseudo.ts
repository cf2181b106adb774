const accents: Record<string, string> = {
  a: 'á',
  b: 'ƀ',
  c: 'ç',
  d: 'ð',
  e: 'é',
  f: 'ƒ',
  g: 'ĝ',
  h: 'ĥ',
  i: 'î',
  j: 'ĵ',
  k: 'ķ',
  l: 'ļ',
  m: 'ɱ',
  n: 'ñ',
  o: 'ö',
  p: 'þ',
  q: 'ǫ',
  r: 'ŕ',
  s: 'š',
  t: 'ţ',
  u: 'û',
  v: 'ṽ',
  w: 'ŵ',
  x: 'ẋ',
  y: 'ý',
  z: 'ž',
};

/**
 * An ICU message in the pseudo-locale: letters outside of arguments get accents and the text grows by a third, so that
 * untranslated text and lack of room are seen. Arguments, their kinds and the selectors of plurals stay.
 */
export function pseudo(message: string): string {
  let out = '';
  let index = 0;
  /** true = inside an argument's own syntax, false = text */
  const stack: ('text' | 'argument')[] = ['text'];
  while (index < message.length) {
    const char = message[index] ?? '';
    const top = stack.at(-1);
    if (char === '{') {
      stack.push(top === 'text' ? 'argument' : 'text');
      out += char;
    } else if (char === '}') {
      stack.pop();
      out += char;
    } else out += top === 'text' ? (accents[char] ?? char) : char;
    index++;
  }
  return `[${out}${'·'.repeat(Math.ceil(message.length / 6))}]`;
}
