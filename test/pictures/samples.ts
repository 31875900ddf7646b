import type { Branch, Picture } from '../../src/picture.ts';

const LONG = 'N'.repeat(80);
const AWKWARD = `<script>alert("1")</script> & 'x' ]]> {a|b} \u0000\u0007\uD800 🌱👩‍💻 مرحبا بالعالم 漢字\nend`;
const CRITERIA = [
  'Technical performance requirement met',
  'Positive ROI at scale',
  'Executive sponsor confirmed',
  'No unresolved safety or compliance issue',
  'Funding for the scaling phase secured',
  'User satisfaction above threshold',
  'Resistance manageable',
  'Technical debt within limits',
  'Team able to support at scale',
  'Ownership and governance clear',
  'Further use cases identified',
  'Platform potential',
  'Competitive advantage shown',
  'Innovation opportunities',
  'Recognition',
];

/** Every kind of picture as it usually is. */
export const USUAL: Readonly<Record<Picture['kind'], Picture>> = {
  matrix: {
    kind: 'matrix',
    title: 'Success matrix: Churn model',
    strong: 60,
    points: [
      { label: 'Review of December', technical: 38, business: 55 },
      { label: 'Review of March', technical: 52, business: 71 },
      { label: 'Churn model', technical: 78, business: 81 },
    ],
  },
  profile: {
    kind: 'profile',
    title: 'Scores by dimension: Churn model',
    strong: 60,
    bars: [
      { label: 'Technical performance', score: 78, low: 60, high: 90 },
      { label: 'Business impact', score: 81 },
      { label: 'Organizational readiness', score: 44, low: 20, high: 75 },
      { label: 'Strategic alignment', score: null },
    ],
  },
  stacks: {
    kind: 'stacks',
    title: 'Readiness: Churn model',
    parts: [
      { label: 'Met', tone: 'good' },
      { label: 'Not met', tone: 'bad' },
      { label: 'Not applicable', tone: 'none' },
      { label: 'Unanswered', tone: 'open' },
    ],
    bars: [
      { label: 'Technical', counts: [4, 1, 1, 0], mark: '✗' },
      { label: 'Business', counts: [6, 0, 0, 0], mark: '✓' },
      { label: 'Organizational', counts: [0, 0, 0, 6] },
    ],
  },
  tree: {
    kind: 'tree',
    title: 'Family of Churn model',
    root: {
      label: 'Churn model',
      note: 'optimizing · GO of 3 March',
      offshoots: [
        { label: 'Churn model for small firms', note: 'pilot · no verdict yet', chosen: true, offshoots: [] },
        {
          label: 'Returns model',
          note: 'rolling out · GO WITH CONDITIONS',
          offshoots: [{ label: 'Returns model, Nordics', note: 'retired · KILL', offshoots: [] }],
        },
      ],
    },
  },
};

/** The same at the longest names and the most of everything, with letters that a careless drawer would stumble over. */
export const LARGEST: Readonly<Record<Picture['kind'], Picture>> = {
  matrix: {
    kind: 'matrix',
    title: `Success matrix: ${LONG}`,
    strong: 60,
    points: [
      ...Array.from({ length: 10 }, (_, index) => ({ label: `${LONG} ${index}`, technical: index * 10, business: 100 - index * 11 })),
      { label: 'W'.repeat(80), technical: 100, business: 100 },
    ],
  },
  profile: {
    kind: 'profile',
    title: AWKWARD,
    strong: 60,
    bars: [
      ...CRITERIA.map((label, index) => ({
        label,
        score: index === 3 ? null : (index * 37) % 101,
        low: (index * 11) % 40,
        high: 60 + index,
      })),
      { label: LONG, score: 100, low: 0, high: 100 },
      { label: AWKWARD, score: 0 },
    ],
  },
  stacks: {
    kind: 'stacks',
    title: `Votes by criterion: ${LONG}`,
    parts: [
      { label: 'Go', tone: 'good' },
      { label: 'No-go', tone: 'bad' },
      { label: 'Abstained', tone: 'none' },
      { label: 'Not voted yet, of those who may vote', tone: 'open' },
    ],
    bars: [
      ...CRITERIA.map((label, index) => ({ label, counts: [498 - index, 1, index, 1], mark: index === 3 ? '✗' : '✓' })),
      { label: LONG, counts: [125, 125, 125, 125], mark: '✓' },
      { label: AWKWARD, counts: [0, 0, 0, 0] },
    ],
  },
  tree: { kind: 'tree', title: AWKWARD, root: family() },
};

/** Forty in six generations. */
function family(): Branch {
  const born = { so: 0 };
  const branch = (depth: number): Branch => {
    const number = (born.so += 1);
    const label = number === 2 ? LONG : number === 3 ? AWKWARD : number === 4 ? 'W'.repeat(80) : `Initiative ${number} of the family`;
    const note = number === 5 ? LONG : 'optimizing · GO WITH CONDITIONS of 31 December';
    const offshoots: Branch[] = [];
    const chosen = number === 4 ? { chosen: true as const } : {};
    const most = depth === 0 ? 40 : depth < 5 ? 2 : 0;
    for (let n = 0; n < most && born.so < 40; n++) offshoots.push(branch(depth + 1));
    return { label, note, ...chosen, offshoots };
  };
  return branch(0);
}
