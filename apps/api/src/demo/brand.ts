import type { Text } from './types.ts'

/** A set of page colours in OKLCH. */
export interface ColourTokens {
  /** The page. */
  readonly paper: string
  /** Cards, fields and the cart, one step above the page. */
  readonly surface: string
  /** Bands and footers, one step below the page. */
  readonly sunken: string
  /** Hairlines and borders. */
  readonly line: string
  /** Running text. */
  readonly ink: string
  /** Secondary text; passes 4.5:1 on paper, surface and sunken. */
  readonly muted: string
  /** Links, sale prices and the one loud thing on a page. */
  readonly accent: string
  /** Text on accent. */
  readonly onAccent: string
  /** Main buttons. */
  readonly action: string
  /** Text on main buttons. */
  readonly onAction: string
  /** Calm emphasis: in stock, selected, promises. */
  readonly celadon: string
  /** A tint of celadon for badges and notices. */
  readonly celadonTint: string
  /** A tint of persimmon for badges and notices. */
  readonly persimmonTint: string
  /** Errors. */
  readonly danger: string
  /** The focus ring. */
  readonly focus: string
}

/** The colours of the shop by day. */
export const lightColours: ColourTokens = {
  paper: 'oklch(0.982 0.008 88)',
  surface: 'oklch(0.996 0.004 88)',
  sunken: 'oklch(0.952 0.014 86)',
  line: 'oklch(0.885 0.018 84)',
  ink: 'oklch(0.255 0.012 260)',
  muted: 'oklch(0.49 0.016 80)',
  accent: 'oklch(0.525 0.152 42)',
  onAccent: 'oklch(0.99 0.006 88)',
  action: 'oklch(0.285 0.014 260)',
  onAction: 'oklch(0.982 0.008 88)',
  celadon: 'oklch(0.5 0.058 168)',
  celadonTint: 'oklch(0.928 0.028 168)',
  persimmonTint: 'oklch(0.93 0.04 56)',
  danger: 'oklch(0.51 0.175 24)',
  focus: 'oklch(0.56 0.13 250)',
}

/** The colours of the shop by night. */
export const darkColours: ColourTokens = {
  paper: 'oklch(0.205 0.008 250)',
  surface: 'oklch(0.245 0.009 250)',
  sunken: 'oklch(0.175 0.008 250)',
  line: 'oklch(0.34 0.01 250)',
  ink: 'oklch(0.94 0.014 88)',
  muted: 'oklch(0.735 0.016 86)',
  accent: 'oklch(0.755 0.125 50)',
  onAccent: 'oklch(0.205 0.02 50)',
  action: 'oklch(0.93 0.02 88)',
  onAction: 'oklch(0.235 0.01 260)',
  celadon: 'oklch(0.79 0.058 168)',
  celadonTint: 'oklch(0.31 0.03 168)',
  persimmonTint: 'oklch(0.335 0.05 46)',
  danger: 'oklch(0.74 0.14 24)',
  focus: 'oklch(0.76 0.11 250)',
}

/** Who the brand is and how it speaks. */
export const brand = {
  name: { ko: '살강', en: 'Salgang' },
  tagline: { ko: '살강에 남는 것들', en: 'Things that keep their place' },
  description: {
    ko: '살강은 오래 쓰는 살림살이를 짓는 브랜드입니다. 그릇과 천, 차와 향, 종이와 나무를 여섯 공방에서 만듭니다.',
    en: 'Salgang makes things for daily life at home: pottery, cloth, tea, scent, paper and wood, from six workshops in Korea.',
  },
  story: {
    title: { ko: '살강이라는 선반', en: 'A shelf called salgang' },
    paragraphs: [
      {
        ko: '옛 부엌에는 살강이라는 선반이 있었습니다. 대나무를 성글게 엮어 벽에 걸고, 설거지한 그릇을 엎어 물기를 뺐습니다. 날마다 쓰는 것은 살강에 있고, 쓰지 않는 것은 어느새 광으로 들어갔습니다.',
        en: 'Old Korean kitchens had a shelf called a salgang: bamboo slats hung on the wall, where washed bowls were turned over to drip dry. What you used every day stayed on it. What you did not found its way to the storeroom.',
      },
      {
        ko: '우리는 그 선반에 남는 것만 만듭니다. 새 물건을 낼 때마다 여섯 사람이 백 일 동안 집에서 쓰고, 그중 넷이 돌려주기 싫다고 해야 팝니다. 지금까지 백서른두 가지를 만들었고, 쉰다섯 가지가 남았습니다.',
        en: 'We only make what stays. Six of us live with every new thing for a hundred days, and it goes on sale if four of us refuse to give it back. So far we have made one hundred and thirty-two. Fifty-five are in the shop.',
      },
      {
        ko: '여주에서 흙을, 공주에서 천을, 전주에서 종이를, 구례에서 차와 향을 다룹니다. 만든 사람에게 바로 물어볼 수 있는 거리에서만 만듭니다.',
        en: 'Clay is worked in Yeoju, cloth in Gongju, paper in Jeonju, tea and scent in Gurye. Never farther than a morning’s drive, so that when you have a question we can go and ask.',
      },
    ],
  },
  /** How the shop talks, for whoever writes the next line. */
  voice: {
    ko: '만든 사람이 손님에게 건네듯 담담하게. 감탄사 대신 까닭을, 형용사 대신 치수를 쓴다. 농담은 한 줄까지.',
    en: 'A maker talking across the counter. Reasons over adjectives, measurements over praise, one dry joke at most.',
  },
  announcement: {
    ko: '5만 원부터 무료 배송 · 지금 차와 찬장 10% 할인',
    en: 'Free shipping in Korea from ₩50,000 · 10% off Tea & Pantry right now',
  },
  hero: {
    title: { ko: '백 일을 써 보고\n남은 것들', en: 'Kept after\na hundred days' },
    text: {
      ko: '여섯 사람이 백 일 동안 집에서 씁니다. 넷이 돌려주기 싫다고 하면, 그때 팝니다.',
      en: 'Six of us live with it for a hundred days. If four refuse to give it back, we sell it.',
    },
    action: { ko: '살강 둘러보기', en: 'See what stayed' },
  },
  promises: [
    {
      handle: 'own-workshops',
      title: { ko: '공방에서 바로', en: 'From our own workshops' },
      text: {
        ko: '살강의 여섯 공방에서 만든 것만 팝니다. 상자마다 만든 사람의 이름이 적혀 있습니다.',
        en: 'Everything here is made in our six workshops, and the box carries the name of whoever made it.',
      },
    },
    {
      handle: 'returns',
      title: { ko: '7일 안에 반품, 30일 안에 교환', en: 'Return in 7 days, exchange in 30' },
      text: {
        ko: '마음이 바뀌면 7일 안에 돌려보내세요. 쓰지 않은 것은 30일 안에 다른 것으로 바꿔 드립니다.',
        en: 'Changed your mind? Send it back within seven days, or swap it unused within thirty.',
      },
    },
    {
      handle: 'shipping',
      title: { ko: '오후 2시 전 주문, 그날 출발', en: 'Order by 2 pm, sent the same day' },
      text: {
        ko: '배송비 3,000원, 5만 원부터 무료. 깨지는 것은 종이와 한지로만 감싸 보냅니다.',
        en: '₩3,000 in Korea, free from ₩50,000. Fragile things travel in paper, never in plastic.',
      },
    },
    {
      handle: 'repair',
      title: { ko: '고쳐 쓰는 살림', en: 'Mended, not replaced' },
      text: {
        ko: '해진 누비, 갈라진 나무, 풀린 매듭은 실비만 받고 고쳐 드립니다.',
        en: 'Worn quilting, split wood, loose knots: we mend them for the cost of the materials.',
      },
    },
  ],
} as const satisfies Record<string, unknown> & { name: Text; tagline: Text }

/** The identity the Korean e-commerce act asks for in the footer; every number is made up. */
export const business = {
  company: { ko: '주식회사 살강살림', en: 'Salgang Sallim Co., Ltd.' },
  representative: { ko: '윤해든', en: 'Yoon Haedeun' },
  registrationNumber: '000-00-00000',
  mailOrderNumber: { ko: '제0000-서울성북-00000호', en: '0000-Seoul Seongbuk-00000' },
  address: {
    ko: '서울특별시 성북구 살강길 00, 2층 (가상의 주소)',
    en: '2F, 00 Salgang-gil, Seongbuk-gu, Seoul (fictional)',
  },
  phone: '02-000-0000',
  email: 'hello@example.com',
  privacyOfficer: { ko: '남궁솔 (privacy@example.com)', en: 'Namgung Sol (privacy@example.com)' },
  hosting: { ko: '살강살림 자체 서버', en: 'Self-hosted by Salgang Sallim' },
  hours: { ko: '평일 10:00–17:00 (점심 12:30–13:30)', en: 'Weekdays 10:00–17:00 KST' },
  demoNotice: {
    ko: '이 상점은 데모입니다. 실제로 결제되거나 배송되지 않습니다.',
    en: 'This is a demo shop. Nothing is charged and nothing is shipped.',
  },
} as const
