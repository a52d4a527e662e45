import { hue, swatches } from '../colours.ts'
import { colour, en, goods, ko, prose, size, variant } from '../make.ts'
import type { DemoProduct } from '../types.ts'
import { bindery, sewing, woodshop } from '../workshops.ts'

/** Things for the room. */
export const home: readonly DemoProduct[] = [
  {
    handle: 'bamboo-basket',
    name: { ko: '담양 대바구니', en: 'Damyang Bamboo Basket' },
    slug: { ko: '담양-대바구니', en: 'damyang-bamboo-basket' },
    summary: {
      ko: '감을 담으면 가을, 빨래를 담으면 월요일.',
      en: 'Fill it with fruit for autumn, with laundry for Monday.',
    },
    description: {
      ko: prose(
        '삼 년 자란 대를 쪼개 겉대만 씁니다. 겉대는 쪼개기 어렵지만 벌레가 들지 않고 쓸수록 윤이 납니다.',
        '작은 것은 과일, 중간은 뜨개실, 큰 것은 수건과 장난감에 알맞습니다.',
      ),
      en: prose(
        'Split from three-year-old bamboo, outer skin only. It is harder to work, but insects leave it alone and it polishes itself with use.',
        'Small for fruit, medium for knitting, large for towels or toys.',
      ),
    },
    details: goods(
      woodshop,
      { ko: '대나무 (전남 담양)', en: 'Bamboo (Damyang, Korea)' },
      { ko: '지름 22 · 30 · 38 cm', en: '22, 30 or 38 cm across' },
    ),
    category: 'home',
    options: [
      size(
        { ko: '소 22 cm', en: 'Small 22 cm' },
        { ko: '중 30 cm', en: 'Medium 30 cm' },
        { ko: '대 38 cm', en: 'Large 38 cm' },
      ),
    ],
    variants: [
      variant('SG-HOM-0101', [0], 380, 45000, 3800, 18),
      variant('SG-HOM-0102', [1], 620, 62000, 5200, 11),
      variant('SG-HOM-0103', [2], 940, 84000, 7100, 4),
    ],
    art: { shape: 'basket', body: hue.oak, accent: hue.clay, paper: 'celadon', pattern: 'weave' },
    tags: ['best', 'gift'],
    createdDaysAgo: 280,
    reviews: [
      ko('새봄', 5, 13, '겉대라 그런지 결이 다릅니다. 올이 하나도 안 일어나요.'),
      en('Clara', 4, 54, 'Smaller than I pictured, since I did not read the size. Entirely my fault and I love it.'),
    ],
  },
  {
    handle: 'nubi-cushion',
    name: { ko: '누비 방석', en: 'Quilted Floor Cushion' },
    slug: { ko: '누비-방석', en: 'quilted-floor-cushion' },
    summary: {
      ko: '한 땀 한 땀 누벼, 세 시간 앉아도 꺼지지 않습니다.',
      en: 'Quilted close, so three hours later it has not gone flat.',
    },
    description: {
      ko: prose(
        '목화솜을 넣고 1센티 간격으로 누볐습니다. 솜이 뭉치지 않아 통째로 빨 수 있습니다.',
        '바닥에도 의자에도 맞는 크기. 네 귀퉁이에 끈을 달지 않은 것은, 자꾸 옮겨 앉으라는 뜻입니다.',
      ),
      en: prose(
        'Cotton wadding quilted every centimeter, so it cannot clump and goes into the wash whole.',
        'Sized for floors and chairs. It has no ties on purpose: move around.',
      ),
    },
    details: goods(
      sewing,
      { ko: '겉 면 100%, 속 목화솜', en: 'Cotton shell, cotton filling' },
      { ko: '50 × 50 × 6 cm', en: '50 × 50 × 6 cm' },
    ),
    category: 'home',
    brandLine: { ko: '누비', en: 'Nubi' },
    options: [colour(swatches.persimmon, swatches.indigo, swatches.mugwort)],
    variants: [
      variant('SG-HOM-0201', [0], 900, 48000, 4000, 26),
      variant('SG-HOM-0202', [1], 900, 48000, 4000, 0),
      variant('SG-HOM-0203', [2], 900, 48000, 4000, 14),
    ],
    art: { shape: 'cushion', body: hue.persimmon, accent: hue.ink, paper: 'quince', pattern: 'quilt' },
    tags: ['best'],
    createdDaysAgo: 225,
    reviews: [
      ko('단비', 5, 28, '명절에 열두 명이 돌아가며 앉았는데 멀쩡합니다.'),
      ko('석진', 4, 72, '쪽빛 기다리다 감색 샀는데 오히려 잘했다 싶어요.'),
    ],
  },
  {
    handle: 'nubi-blanket',
    name: { ko: '낮잠 누비', en: 'Nap Quilt' },
    slug: { ko: '낮잠-누비', en: 'nap-quilt' },
    summary: {
      ko: '발끝부터 어깨까지, 딱 낮잠만큼 덮이는 담요.',
      en: 'Covers you from toes to shoulders, for about as long as a nap.',
    },
    description: {
      ko: prose(
        '이불보다 작고 무릎 담요보다 큽니다. 소파에서 한 시간 자기에 알맞은 크기를 찾느라 다들 낮잠을 많이 잤습니다.',
        '무게는 1.1킬로그램. 가벼운데 눌러 주는 느낌이 있습니다. 끝단 술은 손으로 맸습니다.',
      ),
      en: prose(
        'Bigger than a lap blanket, smaller than a quilt. Finding the right size for one hour on a sofa took a great deal of research lying down.',
        'At 1.1 kilos it is light but you know it is there. The fringe is tied by hand.',
      ),
    },
    details: goods(
      sewing,
      { ko: '면 60%, 양모 40%', en: '60% cotton, 40% wool' },
      { ko: '110 × 160 cm', en: '110 × 160 cm' },
    ),
    category: 'home',
    brandLine: { ko: '누비', en: 'Nubi' },
    options: [colour(swatches.hanji, swatches.celadon)],
    variants: [
      variant('SG-HOM-0301', [0], 1100, 129000, 10900, 13, [148000, 12500]),
      variant('SG-HOM-0302', [1], 1100, 129000, 10900, 8, [148000, 12500]),
    ],
    art: { shape: 'blanket', body: hue.hanji, accent: hue.persimmon, paper: 'bean', pattern: 'quilt' },
    tags: ['sale', 'gift'],
    createdDaysAgo: 195,
    reviews: [
      ko('나린', 5, 25, '덮으면 잡니다. 환불 사유가 될 뻔했어요. 일을 못 해서.', '잠이 옵니다'),
      en('Miles', 3, 63, 'Soft and handsome, but I am 188 cm and have to choose between feet and shoulders.'),
    ],
  },
  {
    handle: 'hanji-lamp',
    name: { ko: '한지 등', en: 'Hanji Lamp' },
    slug: { ko: '한지-등', en: 'hanji-lamp' },
    summary: { ko: '책 읽기엔 어둡고 이야기하기엔 알맞은 불빛.', en: 'Too dim to read by, just right to talk by.' },
    description: {
      ko: prose(
        '닥 섬유가 굵게 보이는 한지를 두 겹 발랐습니다. 전구가 보이지 않고 종이 전체가 빛납니다.',
        '2,200켈빈, 세 단계로 조절합니다. 찢어지면 종이만 새로 발라 드립니다.',
      ),
      en: prose(
        'Two layers of hanji with the fibers left long. You never see the bulb; the paper itself lights up.',
        '2,200 kelvin, three levels. If it tears, we re-paper it for you.',
      ),
    },
    details: goods(
      bindery,
      { ko: '닥 한지, 참나무, LED 4 W (KC 인증)', en: 'Mulberry hanji, oak, 4 W LED' },
      { ko: '20 × 20 × 34 cm, 전선 1.8 m', en: '20 × 20 × 34 cm, 1.8 m cord' },
    ),
    category: 'home',
    options: [],
    variants: [variant('SG-HOM-0401', [], 1300, 148000, 12500, 10)],
    art: { shape: 'lamp', body: hue.hanji, accent: hue.clay, paper: 'ink' },
    tags: ['gift', 'best'],
    createdDaysAgo: 170,
    reviews: [
      ko('이든', 5, 33, '이 불 아래에서는 싸움이 안 됩니다. 부부가 쓰는 후기입니다.', '부부 등'),
      en('Freya', 5, 68, 'The whole room exhales when it goes on.'),
    ],
  },
  {
    handle: 'sorghum-broom',
    name: { ko: '수수 빗자루', en: 'Sorghum Broom' },
    slug: { ko: '수수-빗자루', en: 'sorghum-broom' },
    summary: { ko: '청소기를 꺼내기 귀찮은 모든 순간을 위하여.', en: 'For every mess not worth the vacuum.' },
    description: {
      ko: prose(
        '수수 이삭을 털고 남은 대를 명주실로 엮었습니다. 마룻바닥의 머리카락이 정전기 없이 모입니다.',
        '못에 걸어 두면 그것만으로도 보기 좋습니다. 한 해에 이백 자루만 나옵니다.',
      ),
      en: prose(
        'Made from threshed sorghum tied with silk cord. It gathers hair on a wooden floor without static.',
        'Hung on a nail, it earns its keep as decoration. Two hundred a year.',
      ),
    },
    details: goods(
      woodshop,
      { ko: '수수대, 명주실', en: 'Sorghum, silk cord' },
      { ko: '길이 62 cm', en: '62 cm long' },
    ),
    category: 'home',
    options: [],
    variants: [variant('SG-HOM-0501', [], 240, 29000, 2400, 0)],
    art: { shape: 'broom', body: '#c9963f', accent: hue.persimmon, paper: 'indigo' },
    tags: ['limited'],
    createdDaysAgo: 265,
    reviews: [ko('지수', 4, 51, '처음 한 달은 수수 알이 조금 떨어져요. 그 뒤로는 최고.')],
  },
  {
    handle: 'round-stool',
    name: { ko: '툇마루 걸상', en: 'Porch Stool' },
    slug: { ko: '툇마루-걸상', en: 'porch-stool' },
    summary: { ko: '신발 신을 때, 화분 올릴 때, 전구 갈 때.', en: 'For shoes, for plants, for changing a bulb.' },
    description: {
      ko: prose(
        '툇마루에 걸터앉던 높이 42센티를 그대로 가져왔습니다. 다리 셋이라 울퉁불퉁한 마당에서도 흔들리지 않습니다.',
        '못 없이 쐐기로 짜 맞췄습니다. 백 킬로그램까지 앉아 보았습니다.',
      ),
      en: prose(
        'At 42 centimeters, exactly the height of the porch it is named after. Three legs, so it never rocks, even on a gravel yard.',
        'Wedged joints, no nails. Tested up to a hundred kilos of colleague.',
      ),
    },
    details: goods(
      woodshop,
      { ko: '참나무, 들기름 마감', en: 'Oak, perilla oil finish' },
      { ko: '지름 34 × 높이 42 cm', en: '34 cm across, 42 cm tall' },
    ),
    category: 'home',
    options: [colour(swatches.oak, swatches.ink)],
    variants: [
      variant('SG-HOM-0601', [0], 3600, 139000, 11700, 6),
      variant('SG-HOM-0602', [1], 3600, 149000, 12500, 3),
    ],
    art: { shape: 'stool', body: hue.oak, accent: hue.indigo, paper: 'persimmon', pattern: 'grain' },
    tags: ['new'],
    createdDaysAgo: 27,
    reviews: [en('Otto', 5, 9, 'Arrived in one piece, no tools. My cat has claimed it.')],
  },
]
