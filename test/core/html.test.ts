import { describe, expect, it } from 'vitest';
import { readable } from '../../adapters/teams/message.ts';

describe('HTML of a message, as text', () => {
  it.each([
    ['paragraphs and lines', '<p>One</p>\r\n<p>Two<br>Three<br />Four</p>', 'One\nTwo\nThree\nFour'],
    ['a list', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>', 'a\nb'],
    ['spaces', '  a&nbsp; \t b\n  c ', 'a b c'],
    [
      'entities',
      'a &lt; b &amp;&amp; c &#62; d &#x1F600; &quot;e&quot; &amp;lt; &unknown; &#0; &#xD800; &#99999999;',
      'a < b && c > d 😀 "e" &lt; &unknown; &#0; &#xD800; &#99999999;',
    ],
    ['a mention', '<at id="0">PM</at> look', 'PM look'],
    ['a link', '<a href="https://e.com/a?b=1&amp;c=2" title="x">the scan</a>.', 'the scan (https://e.com/a?b=1&c=2).'],
    [
      'a link that says where it leads',
      "<a href='https://e.com/a'>e.com/a</a> <a href='https://e.com/a'>https://e.com/a</a>",
      'e.com/a https://e.com/a',
    ],
    ['a link that leads nowhere good', '<a href="javascript:alert(1)">press</a>', 'press'],
    ['a link without words', '<a href="https://e.com/a"></a>', 'https://e.com/a'],
    ['a face', 'good <emoji alt="🙂" title="Smile"></emoji> <img alt="👍" src="x">', 'good 🙂 👍'],
    ['an attachment', 'see <attachment id="1"></attachment>', 'see'],
    ['what nobody reads', 'a<style>p { <i>x</i>: 1 }</style><script>if (1 < 2) alert("x")</script><!-- c -->b', 'ab'],
    ['a script that never ends', 'a<script>alert(1)', 'a'],
    ['tags that are none', 'a < b, b > a, <3', 'a < b, b > a, <3'],
    ['a tag that never ends', 'a <img src=x onerror="alert(1)"', 'a <img src=x onerror="alert(1)"'],
    ['tags in tags', '<scr<script>x</script>ipt>alert(1)</script>', '<script>alert(1)'],
    ['nothing', '', ''],
  ])('%s', (_, html, text) => {
    expect(readable(html)).toBe(text);
  });

  it('is read in one go, however it is made', () => {
    for (const part of ['<', '<a ', '<a href="', '<img alt', '&#', '<!--', ' \n', '<script>', '</a>'])
      expect(readable(part.repeat(200_000 / part.length)).length).toBeLessThanOrEqual(200_000);
  });
});
