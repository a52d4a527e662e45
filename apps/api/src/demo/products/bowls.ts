import { hue, swatches } from '../colours.ts'
import { colour, en, goods, ko, prose, size, variant } from '../make.ts'
import type { DemoProduct } from '../types.ts'
import { pottery } from '../workshops.ts'

const everyday = { ko: '매일', en: 'Everyday' }
const porcelain = { ko: '백자토, 무연 유약', en: 'Porcelain clay, lead-free glaze' }

/** Bowls and plates. */
export const bowls: readonly DemoProduct[] = [
  {
    handle: 'rice-bowl',
    name: { ko: '고봉 밥공기', en: 'Heaped Rice Bowl' },
    slug: { ko: '고봉-밥공기', en: 'heaped-rice-bowl' },
    summary: { ko: '한 그릇 반이 보기 좋게 담기는 밥공기.', en: 'Made for a bowl and a half of rice.' },
    description: {
      ko: prose(
        '요즘 밥공기는 작습니다. 작은 그릇에 눌러 담은 밥보다, 조금 큰 그릇에 고슬고슬 올린 밥이 더 맛있어 보여서 전을 살짝 세우고 속을 깊게 했습니다.',
        '굽을 잡고 들어도 뜨겁지 않습니다. 국그릇과 지름이 같아 함께 포개 둘 수 있습니다.',
      ),
      en: prose(
        'Rice bowls have been shrinking. Rice pressed into a small bowl never looks as good as rice left fluffy in a larger one, so we deepened this one and stood the rim up.',
        'The foot stays cool enough to hold. It nests with our soup bowl, which has the same rim.',
      ),
    },
    details: goods(pottery, porcelain, {
      ko: '지름 12 × 높이 7.2 cm, 380 ml',
      en: '12 cm across, 7.2 cm tall, 380 ml',
    }),
    category: 'bowls',
    brandLine: everyday,
    options: [colour(swatches.porcelain, swatches.celadon, swatches.bean)],
    variants: [
      variant('SG-BWL-0101', [0], 280, 22000, 1900, 74),
      variant('SG-BWL-0102', [1], 280, 22000, 1900, 58),
      variant('SG-BWL-0103', [2], 280, 22000, 1900, 33),
    ],
    art: { shape: 'bowl', body: hue.porcelain, accent: hue.indigo, paper: 'celadon' },
    tags: ['best', 'wedding'],
    createdDaysAgo: 402,
    reviews: [
      ko('보경', 5, 18, '아이가 밥이 산 같다고 좋아합니다. 양이 는 건 어른들이에요.', '밥맛이 나는 그릇'),
      ko('준서', 4, 88, '가볍고 좋아요. 백자는 수저 자국이 조금 남는데 베이킹소다로 닦으니 지워졌습니다.'),
      en('Ines', 5, 59, 'Perfect cereal bowl, if I may admit that here.'),
    ],
  },
  {
    handle: 'soup-bowl',
    name: { ko: '뜨끈 국그릇', en: 'Stay-Warm Soup Bowl' },
    slug: { ko: '뜨끈-국그릇', en: 'stay-warm-soup-bowl' },
    summary: { ko: '바닥이 두꺼워 국이 천천히 식습니다.', en: 'A thick base, so soup cools slowly.' },
    description: {
      ko: prose(
        '국은 마지막 숟갈까지 따뜻해야 합니다. 바닥을 7밀리미터로 남기고 위로 갈수록 얇게 깎았습니다. 무게가 아래에 있어 쉽게 엎어지지 않습니다.',
        '쪽빛 위에 백토를 귀얄로 한 번 발랐습니다. 국이 줄어들면 안쪽의 붓 자국이 보입니다.',
      ),
      en: prose(
        'Soup should be warm to the last spoonful. The base is seven millimeters thick and the wall thins as it rises, which keeps heat and weight at the bottom.',
        'White slip is brushed once over indigo. As the soup goes down, you find the brushstroke inside.',
      ),
    },
    details: goods(
      pottery,
      { ko: '분청토, 백토 분장', en: 'Buncheong stoneware, white slip' },
      { ko: '지름 14 × 높이 7.5 cm, 520 ml', en: '14 cm across, 7.5 cm tall, 520 ml' },
    ),
    category: 'bowls',
    brandLine: { ko: '가마', en: 'From the Kiln' },
    options: [colour(swatches.indigo, swatches.ink)],
    variants: [variant('SG-BWL-0201', [0], 410, 26000, 2200, 40), variant('SG-BWL-0202', [1], 410, 26000, 2200, 22)],
    art: {
      shape: 'bowl',
      body: hue.indigo,
      accent: hue.porcelain,
      paper: 'bean',
      pattern: 'brush',
      stretch: [1.06, 0.98],
    },
    tags: ['soup'],
    createdDaysAgo: 390,
    reviews: [
      ko('말순', 5, 26, '영감이 국 식는다고 타박을 안 합니다.'),
      ko('시온', 3, 70, '확실히 안 식는데 무거워요. 네 개 포개서 들 때는 두 손으로 드세요.'),
    ],
  },
  {
    handle: 'noodle-bowl',
    name: { ko: '잔치 면기', en: 'Feast Noodle Bowl' },
    slug: { ko: '잔치-면기', en: 'feast-noodle-bowl' },
    summary: {
      ko: '국물 많은 국수도 튀지 않게, 전을 안으로 1도 오므렸습니다.',
      en: 'The rim leans in one degree, so broth stays in.',
    },
    description: {
      ko: prose(
        '국수를 후루룩 먹으면 국물이 튑니다. 전을 안쪽으로 아주 조금 오므렸더니 식탁 닦는 일이 줄었습니다.',
        '젓가락을 걸쳐 두는 얕은 홈이 양쪽에 있습니다. 비빔밥, 샐러드, 팥빙수에도 씁니다.',
      ),
      en: prose(
        'Noodles splash. Turning the rim in by the smallest amount meant less wiping of the table, which we checked with a great many noodles.',
        'Two shallow notches hold your chopsticks. Also good for bibimbap, salad and shaved ice.',
      ),
    },
    details: goods(pottery, porcelain, {
      ko: '지름 19 × 높이 8.4 cm, 1,050 ml',
      en: '19 cm across, 8.4 cm tall, 1,050 ml',
    }),
    category: 'bowls',
    brandLine: everyday,
    options: [colour(swatches.clay, swatches.porcelain, swatches.pine)],
    variants: [
      variant('SG-BWL-0301', [0], 640, 38000, 3200, 29),
      variant('SG-BWL-0302', [1], 640, 38000, 3200, 44),
      variant('SG-BWL-0303', [2], 640, 38000, 3200, 0),
    ],
    art: { shape: 'noodleBowl', body: hue.clay, accent: hue.porcelain, paper: 'quince', pattern: 'speckle' },
    tags: ['best'],
    createdDaysAgo: 355,
    reviews: [
      ko('가온', 5, 33, '라면이 요리가 됩니다. 과장 아니고 계란을 예쁘게 올리게 돼요.'),
      en(
        'Lucas',
        4,
        62,
        'Huge. Measure your cupboard first. I did not, and now it lives on the counter, looking good.',
      ),
    ],
  },
  {
    handle: 'moon-plate',
    name: { ko: '달 접시', en: 'Moon Plate' },
    slug: { ko: '달-접시', en: 'moon-plate' },
    summary: {
      ko: '초승에서 보름까지, 물결 무늬를 손으로 새긴 접시.',
      en: 'Three sizes, crescent to full, each wave cut by hand.',
    },
    description: {
      ko: prose(
        '가운데 물결은 대나무 칼로 하나씩 새기고 쪽빛 안료를 밀어 넣은 것입니다. 작은 접시 하나에 백예순 번쯤 칼이 지나갑니다.',
        '16센티는 앞접시, 21센티는 전이나 토스트, 26센티는 생선 한 마리에 맞습니다. 세 장을 겹치면 달무리처럼 테두리가 남습니다.',
      ),
      en: prose(
        'Each wave is cut with a bamboo knife and filled with indigo slip. The smallest plate takes about a hundred and sixty strokes.',
        'Sixteen centimeters for side dishes, twenty-one for toast or pancakes, twenty-six for a whole fish. Stacked, their rims show like the ring around a moon.',
      ),
    },
    details: goods(
      pottery,
      { ko: '백자토, 상감, 무연 투명유', en: 'Porcelain clay, inlaid, lead-free clear glaze' },
      { ko: '지름 16 · 21 · 26 cm, 높이 2.4 cm', en: '16, 21 or 26 cm across, 2.4 cm tall' },
    ),
    category: 'bowls',
    brandLine: { ko: '가마', en: 'From the Kiln' },
    options: [
      size(
        { ko: '초승 16 cm', en: 'Crescent 16 cm' },
        { ko: '반달 21 cm', en: 'Half 21 cm' },
        { ko: '보름 26 cm', en: 'Full 26 cm' },
      ),
    ],
    variants: [
      variant('SG-BWL-0401', [0], 240, 18000, 1500, 56),
      variant('SG-BWL-0402', [1], 430, 26000, 2200, 31),
      variant('SG-BWL-0403', [2], 720, 39000, 3300, 4),
    ],
    art: { shape: 'plate', body: hue.porcelain, accent: hue.indigo, paper: 'persimmon', pattern: 'wave' },
    tags: ['best', 'gift', 'wedding'],
    createdDaysAgo: 300,
    reviews: [
      ko(
        '나래',
        5,
        11,
        '보름에 전 부쳐 올렸더니 시어머니께서 어디 거냐고 물으셨어요. 그걸로 됐습니다.',
        '질문받는 접시',
      ),
      en('Priya', 5, 47, 'You can feel the carving with a fingertip. The photos do not show how fine it is.'),
      ko(
        '형석',
        2,
        102,
        '무늬는 좋은데 두 장이 크기가 3밀리쯤 달라서 포개면 삐뚤어집니다. 손으로 만들었다지만 저는 신경이 쓰이네요.',
        '크기 차이',
      ),
    ],
  },
  {
    handle: 'five-side-plates',
    name: { ko: '다섯 반찬 접시', en: 'Five Side Plates' },
    slug: { ko: '다섯-반찬-접시', en: 'five-side-plates' },
    summary: {
      ko: '다섯 색 다섯 장. 오늘은 뭘 어디에 담을지 고르는 재미.',
      en: 'Five plates, five colors, one small decision per dish.',
    },
    description: {
      ko: prose(
        '시금치는 백자에, 김치는 청자에, 멸치는 먹빛에. 반찬 색과 접시 색이 만나는 일은 매일 해도 재미있습니다.',
        '한지 상자에 담아 보냅니다. 집들이 선물로 가장 많이 나가고, 한 장이 깨지면 그 색만 다시 살 수 있습니다.',
      ),
      en: prose(
        'Spinach on porcelain, kimchi on celadon, anchovies on ink. Matching food to plate is a small game you can play every day.',
        'Packed in a hanji box. It is our most popular housewarming present, and if one breaks we sell that color alone.',
      ),
    },
    details: goods(pottery, porcelain, { ko: '지름 13 × 높이 2 cm, 5장', en: '13 cm across, 2 cm tall, set of 5' }),
    category: 'bowls',
    brandLine: everyday,
    options: [],
    variants: [variant('SG-BWL-0501', [], 900, 68000, 5700, 26, [75000, 6300])],
    art: { shape: 'plateStack', body: hue.celadon, accent: hue.quince, paper: 'mugwort' },
    tags: ['gift', 'wedding', 'sale'],
    createdDaysAgo: 275,
    reviews: [
      ko('예린', 5, 14, '집들이 선물로 사서 제가 쓰고 있습니다. 친구야 미안.'),
      ko('상훈', 4, 55, '색이 사진보다 차분해서 더 좋아요. 상자가 예뻐서 못 버리고 있습니다.'),
    ],
  },
  {
    handle: 'dipping-dish',
    name: { ko: '간장 종지', en: 'Soy Dish' },
    slug: { ko: '간장-종지', en: 'soy-dish' },
    summary: {
      ko: '간장 두 숟갈, 꿀 한 숟갈, 반지 두 개.',
      en: 'Two spoons of soy, one of honey, or a pair of rings.',
    },
    description: {
      ko: prose(
        '그릇을 빚고 남은 흙으로 만듭니다. 그래서 값이 쌉니다. 부엌에서는 간장을, 화장대에서는 귀걸이를, 책상에서는 클립을 담습니다.',
        '다섯 개를 사면 꼭 하나는 부엌 밖으로 나갑니다.',
      ),
      en: prose(
        'Made from the clay left over from bigger bowls, hence the price. Soy sauce in the kitchen, earrings on the dresser, clips on the desk.',
        'Buy five and at least one will leave the kitchen for good.',
      ),
    },
    details: goods(pottery, porcelain, { ko: '지름 8 × 높이 3.2 cm', en: '8 cm across, 3.2 cm tall' }),
    category: 'bowls',
    brandLine: everyday,
    options: [colour(swatches.pine, swatches.porcelain, swatches.persimmon, swatches.indigo, swatches.ink)],
    variants: [
      variant('SG-BWL-0601', [0], 70, 6000, 500, 140),
      variant('SG-BWL-0602', [1], 70, 6000, 500, 166),
      variant('SG-BWL-0603', [2], 70, 6000, 500, 92),
      variant('SG-BWL-0604', [3], 70, 6000, 500, 0),
      variant('SG-BWL-0605', [4], 70, 6000, 500, 71),
    ],
    art: { shape: 'dish', body: hue.pine, accent: hue.porcelain, paper: 'hanji' },
    tags: ['under-20000'],
    createdDaysAgo: 340,
    reviews: [
      ko('미르', 5, 8, '배송비 아까워서 끼워 샀다가 이게 제일 마음에 듭니다.'),
      en('Joon', 4, 40, 'Bought two for dumplings. One is now full of guitar picks.'),
    ],
  },
]
