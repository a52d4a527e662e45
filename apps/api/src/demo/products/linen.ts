import { hue, swatches } from '../colours.ts'
import { colour, en, goods, ko, prose, size, variant } from '../make.ts'
import type { DemoProduct } from '../types.ts'
import { sewing, weaving } from '../workshops.ts'

const pack = (...values: readonly { ko: string; en: string }[]) => ({ name: { ko: '구성', en: 'Pack' }, values })

/** Kitchen and bath cloth. */
export const linen: readonly DemoProduct[] = [
  {
    handle: 'sochang-dishcloth',
    name: { ko: '소창 행주', en: 'Sochang Dishcloth' },
    slug: { ko: '소창-행주', en: 'sochang-dishcloth' },
    summary: { ko: '삶을수록 희고 보드라워지는, 할머니네 그 행주.', en: 'Boil it and it only gets whiter and softer.' },
    description: {
      ko: prose(
        '소창은 성글게 짠 무명입니다. 예전에는 기저귀로 쓰던 천이라 물을 잘 먹고 빨리 마릅니다.',
        '첫 빨래는 꼭 삶아 주세요. 옥수수 풀을 먹여 짜기 때문에, 세 번쯤 삶아야 제 모습이 나옵니다. 귀찮지만 그다음 삼 년이 편합니다.',
      ),
      en: prose(
        'Sochang is loosely woven cotton, once the cloth of Korean diapers: thirsty, and dry again in an hour.',
        'Boil it before first use. It is woven with corn starch and needs about three boilings to become itself. A nuisance, followed by three easy years.',
      ),
    },
    details: goods(
      weaving,
      { ko: '면 100% (무형광)', en: '100% cotton, no optical brighteners' },
      { ko: '36 × 36 cm', en: '36 × 36 cm' },
    ),
    category: 'kitchen-linen',
    options: [pack({ ko: '세 장', en: 'Three' }, { ko: '열 장', en: 'Ten' })],
    variants: [
      variant('SG-KIT-0101', [0], 90, 9000, 800, 210),
      variant('SG-KIT-0102', [1], 300, 27000, 2300, 95, [30000, 2500]),
    ],
    art: { shape: 'clothStack', body: hue.porcelain, accent: hue.persimmon, paper: 'celadon', pattern: 'grid' },
    tags: ['best', 'under-20000', 'sale'],
    createdDaysAgo: 420,
    reviews: [
      ko('옥희', 5, 5, '우리 엄마가 쓰시던 그대로네요. 삶으니 뽀얗습니다.', '엄마 행주'),
      ko('지안', 3, 29, '세 번 삶기 전에는 물을 튕겨요. 설명 읽고 참았더니 괜찮아졌지만 참을성이 필요합니다.'),
      en('Greta', 5, 73, 'I boiled it as told. It now outperforms every dishcloth I own, including the Swedish ones.'),
    ],
  },
  {
    handle: 'striped-tea-towel',
    name: { ko: '줄무늬 부엌 수건', en: 'Striped Tea Towel' },
    slug: { ko: '줄무늬-부엌-수건', en: 'striped-tea-towel' },
    summary: { ko: '유리컵에 먼지를 남기지 않는 린넨 수건.', en: 'Linen that leaves no lint on glass.' },
    description: {
      ko: prose(
        '아마실 두 올을 꼬아 짰습니다. 그릇 한 상을 다 닦고도 축축하지 않습니다.',
        '줄 간격이 한쪽으로 갈수록 좁아집니다. 접어 걸었을 때 어느 면이 나와도 다른 얼굴이 되라고 그렇게 했습니다.',
      ),
      en: prose(
        'Two-ply linen that dries a full table of dishes without going limp.',
        'The stripes close up toward one side, so it looks different depending on how you fold it over the rail.',
      ),
    },
    details: goods(weaving, { ko: '린넨 100%', en: '100% linen' }, { ko: '45 × 68 cm', en: '45 × 68 cm' }),
    category: 'kitchen-linen',
    options: [
      colour(
        { ...swatches.hanji, ko: '감 줄', en: 'Persimmon stripe' },
        { ko: '쪽 바탕', en: 'Indigo ground', swatch: '#8ea0b4' },
        { ko: '쑥 바탕', en: 'Mugwort ground', swatch: '#b7bb93' },
      ),
    ],
    variants: [
      variant('SG-KIT-0201', [0], 110, 18000, 1500, 48),
      variant('SG-KIT-0202', [1], 110, 18000, 1500, 37),
      variant('SG-KIT-0203', [2], 110, 18000, 1500, 3),
    ],
    art: { shape: 'hangingCloth', body: hue.hanji, accent: hue.persimmon, paper: 'mugwort', pattern: 'stripe' },
    tags: ['under-20000', 'gift'],
    createdDaysAgo: 240,
    reviews: [
      ko('유나', 5, 19, '와인잔 닦을 때 진가를 압니다.'),
      en('Oskar', 4, 52, 'Shrank about two centimeters in the first wash. Still long enough.'),
    ],
  },
  {
    handle: 'jogakbo-wrap',
    name: { ko: '조각 보자기', en: 'Patchwork Wrapping Cloth' },
    slug: { ko: '조각-보자기', en: 'patchwork-wrapping-cloth' },
    summary: {
      ko: '재단하고 남은 린넨을 이어, 같은 것이 없는 보자기.',
      en: 'Pieced from our own offcuts; no two alike.',
    },
    description: {
      ko: prose(
        '앞치마와 수건을 마르고 남은 천을 모아 쌈솔로 잇습니다. 솔기가 앞뒤로 깨끗해 안팎이 없습니다.',
        '반찬통을 싸고, 창에 걸고, 선물을 묶습니다. 매듭법 세 가지를 그린 종이를 함께 넣습니다.',
        '색은 그 달에 무엇을 재단했는지에 달렸습니다. 사진과 조각의 자리는 다릅니다.',
      ),
      en: prose(
        'The offcuts of our aprons and towels, joined with flat-felled seams that are clean on both sides. There is no wrong side.',
        'Wrap a lunchbox, hang it in a window, tie up a present. A sheet with three knots is included.',
        'Colors depend on what we cut that month, so the patches will not match the picture.',
      ),
    },
    details: goods(sewing, { ko: '린넨 100%', en: '100% linen' }, { ko: '70 × 70 cm', en: '70 × 70 cm' }),
    category: 'kitchen-linen',
    brandLine: { ko: '남은 것', en: 'From Offcuts' },
    options: [],
    variants: [variant('SG-KIT-0301', [], 160, 58000, 4900, 14)],
    art: { shape: 'wrapCloth', body: hue.celadon, accent: hue.persimmon, paper: 'bean', pattern: 'jogakbo' },
    tags: ['gift', 'best'],
    createdDaysAgo: 150,
    reviews: [
      ko('채원', 5, 16, '창에 걸었더니 아침마다 바닥에 색이 떨어집니다. 싸는 건 한 번도 안 해 봤어요.', '커튼으로'),
      en('Amelie', 5, 34, 'Wrapped a wedding present in it. The couple kept asking which was the present.'),
    ],
  },
  {
    handle: 'nubi-mitt',
    name: { ko: '누비 냄비장갑', en: 'Quilted Oven Mitt' },
    slug: { ko: '누비-냄비장갑', en: 'quilted-oven-mitt' },
    summary: { ko: '손목까지 덮고, 엄지가 따로 노는 두툼한 장갑.', en: 'Long at the wrist, free at the thumb.' },
    description: {
      ko: prose(
        '솜을 두 겹 넣고 8밀리미터 간격으로 누볐습니다. 뚝배기를 들고 식탁까지 열 걸음, 뜨겁지 않았습니다.',
        '한 짝입니다. 두 손이 다 필요한 날은 두 짝을 사셔야 합니다. 왼손 오른손 구분은 없습니다.',
      ),
      en: prose(
        'Two layers of wadding quilted every eight millimeters. Ten steps from stove to table with a boiling pot, and nobody dropped it.',
        'Sold singly and fits either hand. For two-handed days, you will need two.',
      ),
    },
    details: goods(
      sewing,
      { ko: '겉 면 100%, 속 면솜', en: 'Cotton shell, cotton wadding' },
      { ko: '17 × 31 cm', en: '17 × 31 cm' },
    ),
    category: 'kitchen-linen',
    options: [colour(swatches.pine, swatches.persimmon)],
    variants: [variant('SG-KIT-0401', [0], 120, 21000, 1800, 36), variant('SG-KIT-0402', [1], 120, 21000, 1800, 28)],
    art: { shape: 'mitt', body: hue.pine, accent: hue.quince, paper: 'hanji', pattern: 'quilt' },
    tags: ['kitchen'],
    createdDaysAgo: 205,
    reviews: [
      ko('태리', 2, 45, '두껍고 안전한데 제 손엔 너무 커요. 작은 치수도 있으면 좋겠습니다.', '손이 작다면'),
      ko('종민', 5, 77, '고구마 굽는 날의 필수품.'),
    ],
  },
  {
    handle: 'waffle-towel',
    name: { ko: '벌집 수건', en: 'Honeycomb Towel' },
    slug: { ko: '벌집-수건', en: 'honeycomb-towel' },
    summary: { ko: '장마에도 저녁이면 마르는 수건.', en: 'Dry by evening, even in monsoon season.' },
    description: {
      ko: prose(
        '두꺼운 수건은 가게에서 좋고 집에서 나쁩니다. 잘 안 마르니까요. 벌집처럼 짜면 얇아도 물을 많이 머금고 칸마다 바람이 통합니다.',
        '장마철 반지하에서 시험했습니다. 아침에 널어 저녁에 걷었습니다.',
      ),
      en: prose(
        'Thick towels are good in the shop and bad at home, because they never dry. A honeycomb weave holds as much water in half the thickness and lets air through every cell.',
        'We tested it in a half-basement in July. Hung in the morning, dry by night.',
      ),
    },
    details: goods(
      weaving,
      { ko: '면 100%', en: '100% cotton' },
      { ko: '세면 40 × 80 cm · 목욕 70 × 140 cm', en: 'Hand 40 × 80 cm, bath 70 × 140 cm' },
    ),
    category: 'bath-linen',
    brandLine: { ko: '매일', en: 'Everyday' },
    options: [
      size({ ko: '세면', en: 'Hand' }, { ko: '목욕', en: 'Bath' }),
      colour(swatches.hanji, swatches.celadon, swatches.bean),
    ],
    variants: [
      variant('SG-BTH-0101', [0, 0], 150, 15000, 1300, 88),
      variant('SG-BTH-0102', [0, 1], 150, 15000, 1300, 64),
      variant('SG-BTH-0103', [0, 2], 150, 15000, 1300, 41),
      variant('SG-BTH-0104', [1, 0], 420, 32000, 2700, 39),
      variant('SG-BTH-0105', [1, 1], 420, 32000, 2700, 0),
      variant('SG-BTH-0106', [1, 2], 420, 32000, 2700, 17),
    ],
    art: { shape: 'towelRoll', body: hue.hanji, accent: hue.celadon, paper: 'indigo', pattern: 'waffle' },
    tags: ['best', 'under-20000'],
    createdDaysAgo: 365,
    reviews: [
      ko('수빈', 5, 7, '장마 때 사서 진가를 알았어요. 냄새 안 나는 수건은 처음입니다.', '안 나요, 냄새'),
      ko('영배', 3, 50, '얇아서 수건 같지 않다고 아버지가 싫어하세요. 저는 좋습니다.'),
      en('Nora', 4, 61, 'Takes a few washes to soften up. After that I stopped using my old ones.'),
    ],
  },
  {
    handle: 'dawn-towel-set',
    name: { ko: '새벽 수건 세 장', en: 'Dawn Towels, Set of Three' },
    slug: { ko: '새벽-수건-세-장', en: 'dawn-towels-set-of-three' },
    summary: {
      ko: '새벽 하늘 세 색을 한 벌로. 실을 꼬지 않아 보들보들.',
      en: 'Three shades of early morning in untwisted yarn.',
    },
    description: {
      ko: prose(
        '실을 거의 꼬지 않고 짜서 갓난아이 얼굴을 닦아도 됩니다. 대신 올이 걸리기 쉬우니 세탁망에 넣어 주세요.',
        '동트기 전, 동틀 때, 해 뜬 뒤의 세 색을 한 벌로 묶었습니다.',
      ),
      en: prose(
        'The yarn is hardly twisted at all, soft enough for a newborn. The price of that is snagging, so use a laundry bag.',
        'Sold as a set of three: before dawn, at dawn, just after.',
      ),
    },
    details: goods(
      weaving,
      { ko: '무연사 면 100%', en: '100% zero-twist cotton' },
      { ko: '40 × 85 cm, 3장', en: '40 × 85 cm, set of 3' },
    ),
    category: 'bath-linen',
    options: [],
    variants: [variant('SG-BTH-0201', [], 540, 45000, 3800, 52, [52000, 4400])],
    art: { shape: 'towelStack', body: hue.porcelain, accent: '#9db4c8', paper: 'persimmon', pattern: 'terry' },
    tags: ['gift', 'sale', 'baby'],
    createdDaysAgo: 190,
    reviews: [
      ko('현지', 5, 27, '출산 선물로 세 집에 보냈고 세 집 다 고맙다고 전화가 왔습니다.'),
      ko('주원', 4, 93, '보들보들합니다. 고양이 발톱은 조심하세요. 경험담입니다.'),
    ],
  },
  {
    handle: 'bath-mat',
    name: { ko: '마루 발수건', en: 'Threshold Bath Mat' },
    slug: { ko: '마루-발수건', en: 'threshold-bath-mat' },
    summary: { ko: '밟으면 물기가 옆이 아니라 아래로 내려가는 발수건.', en: 'Pulls water down, not sideways.' },
    description: {
      ko: prose(
        '굵은 면끈을 가로로 촘촘히 박아 결을 만들었습니다. 발바닥이 닿는 자리가 금세 보송해집니다.',
        '세탁기에 그냥 돌려도 모양이 잡힙니다. 미끄럼 방지 고무는 쓰지 않았으니 젖은 타일에는 깔개를 받쳐 주세요.',
      ),
      en: prose(
        'Thick cotton cord, stitched close in rows, leaves ridges that dry the sole at once.',
        'Machine wash as it is. There is no rubber backing; use a grip under it on wet tile.',
      ),
    },
    details: goods(weaving, { ko: '면 100%', en: '100% cotton' }, { ko: '45 × 65 cm', en: '45 × 65 cm' }),
    category: 'bath-linen',
    options: [colour(swatches.mugwort, swatches.hanji)],
    variants: [variant('SG-BTH-0301', [0], 620, 34000, 2900, 23), variant('SG-BTH-0302', [1], 620, 34000, 2900, 19)],
    art: {
      shape: 'clothStack',
      body: hue.mugwort,
      accent: hue.hanji,
      paper: 'quince',
      pattern: 'quilt',
      stretch: [1.04, 0.8],
    },
    tags: ['bath'],
    createdDaysAgo: 140,
    reviews: [
      en('Felix', 3, 21, 'Lovely underfoot, but it does slide on my tiles. The page says so; I should have listened.'),
    ],
  },
  {
    handle: 'hemp-wash-mitt',
    name: { ko: '삼베 때수건', en: 'Hemp Scrub Mitt' },
    slug: { ko: '삼베-때수건', en: 'hemp-scrub-mitt' },
    summary: {
      ko: '초록 때수건보다 순하고, 볼품은 훨씬 있습니다.',
      en: 'Gentler than the famous green one, and better looking.',
    },
    description: {
      ko: prose(
        '안동 삼베를 두 겹으로 지었습니다. 마르면 까슬하고 젖으면 부드러워, 힘을 빼고 문질러도 시원합니다.',
        '쓰고 나서 고리에 걸어 말리면 여섯 달은 거뜬합니다.',
      ),
      en: prose(
        'Two layers of Andong hemp: rough when dry, soft when wet, effective without force.',
        'Hang it up by the loop after use and it lasts a good six months.',
      ),
    },
    details: goods(weaving, { ko: '대마(삼베) 100%', en: '100% hemp' }, { ko: '14 × 20 cm', en: '14 × 20 cm' }),
    category: 'bath-linen',
    options: [],
    variants: [variant('SG-BTH-0401', [], 40, 8000, 700, 130)],
    art: { shape: 'washMitt', body: '#d9bf8d', accent: hue.pine, paper: 'celadon', pattern: 'weave' },
    tags: ['under-20000', 'bath'],
    createdDaysAgo: 310,
    reviews: [
      ko('복남', 5, 39, '등 밀어 줄 사람이 없어도 괜찮습니다.'),
      en('Tess', 4, 84, 'My skin has never been this smooth or this surprised.'),
    ],
  },
]
