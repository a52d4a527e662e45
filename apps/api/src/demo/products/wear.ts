import { hue, swatches } from '../colours.ts'
import { colour, en, goods, ko, prose, size, variant } from '../make.ts'
import type { DemoProduct } from '../types.ts'
import { sewing } from '../workshops.ts'

/** Things to wear and carry. */
export const wear: readonly DemoProduct[] = [
  {
    handle: 'linen-apron',
    name: { ko: '부엌 앞치마', en: 'Kitchen Apron' },
    slug: { ko: '부엌-앞치마', en: 'kitchen-apron' },
    summary: { ko: '초인종이 울려도 벗지 않아도 되는 앞치마.', en: 'No need to take it off when the doorbell rings.' },
    description: {
      ko: prose(
        '허리끈을 길게 해 앞에서 묶습니다. 묶은 끈에 행주를 끼우라고 그렇게 했습니다. 주머니는 휴대전화가 빠지지 않을 깊이입니다.',
        '도톰한 린넨이라 물이 튀어도 금세 배지 않고, 빨수록 몸에 맞습니다.',
      ),
      en: prose(
        'The ties are long enough to knot in front, where you can hang a dishcloth. The pocket is deep enough to keep a phone when you bend over.',
        'Heavy linen that shrugs off splashes and gets better with washing.',
      ),
    },
    details: goods(
      sewing,
      { ko: '린넨 100%', en: '100% linen' },
      { ko: '폭 72 × 길이 88 cm (남녀 공용)', en: '72 cm wide, 88 cm long, one size' },
    ),
    category: 'wear',
    options: [colour(swatches.bean, swatches.pine, swatches.hanji)],
    variants: [
      variant('SG-WER-0101', [0], 320, 59000, 5000, 22),
      variant('SG-WER-0102', [1], 320, 59000, 5000, 17),
      variant('SG-WER-0103', [2], 320, 59000, 5000, 0),
    ],
    art: { shape: 'apron', body: hue.bean, accent: hue.quince, paper: 'hanji' },
    tags: ['best', 'gift'],
    createdDaysAgo: 310,
    reviews: [
      ko('라온', 5, 14, '남편 사 줬더니 설거지를 합니다. 인과관계는 모르겠지만 추천합니다.', '효과 있음'),
      en('Gus', 5, 50, 'I wore it to the bakery by accident. Nobody blinked.'),
      ko('혜진', 3, 92, '저는 키가 153이라 많이 길어요. 짧은 기장도 부탁드려요.'),
    ],
  },
  {
    handle: 'market-tote',
    name: { ko: '대파 가방', en: 'Leek Bag' },
    slug: { ko: '대파-가방', en: 'leek-bag' },
    summary: { ko: '대파가 꺾이지 않는 깊이의 장바구니.', en: 'A market bag deep enough for an unbent leek.' },
    description: {
      ko: prose(
        '대파 한 단, 두부 한 모, 달걀 열 알을 넣고 다니며 크기를 정했습니다. 바닥이 네모라 달걀이 기울지 않습니다.',
        '밑단은 두 겹이고 손잡이는 어깨에 걸립니다. 접으면 손바닥만 해집니다.',
      ),
      en: prose(
        'Sized by carrying a bunch of leeks, a block of tofu and ten eggs until it felt right. The square base keeps the eggs level.',
        'Doubled at the bottom, with handles that reach a shoulder. Folds to the size of a hand.',
      ),
    },
    details: goods(
      sewing,
      { ko: '면 캔버스 12온스', en: '12 oz cotton canvas' },
      { ko: '폭 38 × 높이 36 × 바닥 14 cm', en: '38 cm wide, 36 cm tall, 14 cm deep' },
    ),
    category: 'wear',
    brandLine: { ko: '매일', en: 'Everyday' },
    options: [
      colour(
        { ko: '쪽 줄', en: 'Indigo', swatch: '#5d7894' },
        { ko: '감 줄', en: 'Persimmon', swatch: '#dc7a48' },
        { ko: '쑥 줄', en: 'Mugwort', swatch: hue.mugwort },
      ),
    ],
    variants: [
      variant('SG-WER-0201', [0], 280, 32000, 2700, 58),
      variant('SG-WER-0202', [1], 280, 32000, 2700, 44),
      variant('SG-WER-0203', [2], 280, 32000, 2700, 35),
    ],
    art: { shape: 'tote', body: '#5d7894', accent: hue.hanji, paper: 'persimmon', pattern: 'pinstripe' },
    tags: ['best', 'gift'],
    createdDaysAgo: 285,
    reviews: [
      ko('주하', 5, 3, '대파가 당당합니다.'),
      en('Mina', 5, 29, 'Finally, a tote with a floor.'),
      ko('병철', 4, 66, '튼튼합니다. 처음엔 천이 뻣뻣해요.'),
    ],
  },
  {
    handle: 'house-slippers',
    name: { ko: '마루 덧신', en: 'House Slippers' },
    slug: { ko: '마루-덧신', en: 'house-slippers' },
    summary: { ko: '발소리가 나지 않는, 아랫집을 위한 실내화.', en: 'Silent soles, with the neighbors below in mind.' },
    description: {
      ko: prose(
        '바닥에 펠트를 6밀리 깔아 걸음 소리가 줄어듭니다. 그래도 뛰지는 마세요.',
        '누빈 발등은 앞이 막혀 겨울에 따뜻하고, 뒤가 트여 벗기 쉽습니다. 밑창은 갈아 드립니다.',
      ),
      en: prose(
        'Six millimeters of felt underfoot take the sound out of walking. Please still do not run.',
        'Quilted and closed at the toe for winter, open at the heel for laziness. We replace worn soles.',
      ),
    },
    details: goods(
      sewing,
      { ko: '겉 면, 안 양모 펠트', en: 'Cotton upper, wool felt' },
      { ko: '230–245 mm · 250–275 mm', en: 'EU 36–38, 39–43' },
    ),
    category: 'wear',
    brandLine: { ko: '누비', en: 'Nubi' },
    options: [
      size({ ko: '230–245', en: 'EU 36–38' }, { ko: '250–275', en: 'EU 39–43' }),
      colour(swatches.indigo, swatches.clay),
    ],
    variants: [
      variant('SG-WER-0301', [0, 0], 260, 39000, 3300, 24),
      variant('SG-WER-0302', [0, 1], 260, 39000, 3300, 19),
      variant('SG-WER-0303', [1, 0], 310, 39000, 3300, 0),
      variant('SG-WER-0304', [1, 1], 310, 39000, 3300, 12),
    ],
    art: {
      shape: 'slippers',
      body: hue.indigo,
      accent: hue.oak,
      paper: 'mugwort',
      pattern: 'quilt',
      stretch: [1.08, 1.35],
    },
    tags: ['home'],
    createdDaysAgo: 155,
    reviews: [
      ko('아랑', 5, 23, '아랫집에 한 켤레, 우리 집에 네 켤레. 평화가 왔습니다.', '층간 평화'),
      en('Kit', 2, 41, 'Comfortable, but the felt picks up every crumb and every hair in my house.'),
    ],
  },
  {
    handle: 'nubi-vest',
    name: { ko: '누비 조끼', en: 'Quilted House Vest' },
    slug: { ko: '누비-조끼', en: 'quilted-house-vest' },
    summary: { ko: '보일러를 1도 낮추게 해 주는 조끼.', en: 'Lets you turn the heating down one degree.' },
    description: {
      ko: prose(
        '몸통만 따뜻하면 팔은 걷어도 됩니다. 설거지하기 좋게 소매를 없애고 목둘레에만 먹빛 단을 둘렀습니다.',
        '매듭단추 세 개는 손으로 맺었습니다. 여밈이 넉넉해 안에 두꺼운 옷을 입어도 됩니다.',
      ),
      en: prose(
        'Keep your middle warm and the sleeves can stay rolled. No arms, for the dishes; an ink-colored edge, for looks.',
        'Three knotted buttons tied by hand, and room for a sweater underneath.',
      ),
    },
    details: goods(
      sewing,
      { ko: '겉 면 100%, 속 목화솜', en: 'Cotton shell, cotton filling' },
      { ko: 'S 가슴 100 · M 108 · L 116 cm', en: 'Chest S 100, M 108, L 116 cm' },
    ),
    category: 'wear',
    brandLine: { ko: '누비', en: 'Nubi' },
    options: [size({ ko: 'S', en: 'S' }, { ko: 'M', en: 'M' }, { ko: 'L', en: 'L' })],
    variants: [
      variant('SG-WER-0401', [0], 380, 89000, 7500, 9),
      variant('SG-WER-0402', [1], 400, 89000, 7500, 2),
      variant('SG-WER-0403', [2], 420, 89000, 7500, 0),
    ],
    art: { shape: 'vest', body: hue.celadon, accent: hue.ink, paper: 'bean', pattern: 'quilt' },
    tags: ['new', 'gift'],
    createdDaysAgo: 45,
    reviews: [
      ko('은서', 5, 11, '할머니 조끼가 이렇게 멋있을 일인가요. 카페에도 입고 갑니다.'),
      en('Paula', 4, 27, 'Warm and light. Sizes run generous; I went down one.'),
    ],
  },
]
