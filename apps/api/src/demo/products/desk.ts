import { hue, swatches } from '../colours.ts'
import { colour, en, goods, ko, prose, variant } from '../make.ts'
import type { DemoProduct } from '../types.ts'
import { bindery, pottery, woodshop } from '../workshops.ts'

/** Paper, wood and clay for the desk. */
export const desk: readonly DemoProduct[] = [
  {
    handle: 'thread-bound-notebook',
    name: { ko: '오침 공책', en: 'Five-Hole Notebook' },
    slug: { ko: '오침-공책', en: 'five-hole-notebook' },
    summary: { ko: '다섯 구멍에 무명실, 끝까지 펴지는 공책.', en: 'Five holes, one cotton thread, and it opens flat.' },
    description: {
      ko: prose(
        '옛 책은 구멍 다섯 개로 묶었습니다. 실이 닳으면 다시 묶으면 되고, 속지를 갈아 끼울 수도 있습니다.',
        '속지는 닥을 섞은 종이라 만년필이 번지지 않고 뒤로 배지 않습니다. 96쪽, 하루 한 쪽이면 석 달입니다.',
      ),
      en: prose(
        'Old Korean books were bound through five holes. If the thread wears, tie it again; when it is full, change the pages.',
        'The paper has mulberry in it, so fountain pens neither feather nor show through. Ninety-six pages: three months at a page a day.',
      ),
    },
    details: goods(
      bindery,
      { ko: '표지 한지, 속지 닥 혼합지, 무명실', en: 'Hanji cover, mulberry-blend pages, cotton thread' },
      { ko: '14.8 × 21 cm, 96쪽', en: '14.8 × 21 cm, 96 pages' },
    ),
    category: 'desk',
    brandLine: { ko: '매일', en: 'Everyday' },
    options: [
      {
        name: { ko: '속지', en: 'Pages' },
        values: [
          { ko: '무지', en: 'Plain' },
          { ko: '줄', en: 'Ruled' },
        ],
      },
      colour(swatches.indigo, swatches.persimmon, swatches.mugwort),
    ],
    variants: [
      variant('SG-DSK-0101', [0, 0], 210, 12000, 1000, 64),
      variant('SG-DSK-0102', [0, 1], 210, 12000, 1000, 52),
      variant('SG-DSK-0103', [0, 2], 210, 12000, 1000, 47),
      variant('SG-DSK-0104', [1, 0], 210, 12000, 1000, 80),
      variant('SG-DSK-0105', [1, 1], 210, 12000, 1000, 0),
      variant('SG-DSK-0106', [1, 2], 210, 12000, 1000, 33),
    ],
    art: { shape: 'notebook', body: hue.indigo, accent: hue.quince, paper: 'quince' },
    tags: ['best', 'under-20000', 'gift'],
    createdDaysAgo: 320,
    reviews: [
      ko('지호', 5, 24, '만년필 쓰는 분들, 여기입니다. 정말 안 번져요.', '만년필 합격'),
      en('Wren', 4, 65, 'Flat as promised. I wish there were a dot grid.'),
    ],
  },
  {
    handle: 'tofu-memo-block',
    name: { ko: '메모 한 모', en: 'Tofu Memo Block' },
    slug: { ko: '메모-한-모', en: 'tofu-memo-block' },
    summary: { ko: '두부 한 모 크기로 쌓은 종이 칠백 장.', en: 'Seven hundred sheets, the size of a block of tofu.' },
    description: {
      ko: prose(
        '책을 자르고 남은 종이를 두부 한 모만큼 쌓아 옆면에 풀을 먹였습니다. 한 장씩 뜯을 때마다 조금씩 작아지는 것이 보입니다.',
        '느티나무 받침이 딸려 옵니다. 리필은 반값입니다.',
      ),
      en: prose(
        'Trimmings from our notebooks, stacked to the size of a block of tofu and gummed along one side. You can watch your errands wear it down.',
        'Comes on a small zelkova board. Refills are half price.',
      ),
    },
    details: goods(
      bindery,
      { ko: '재단 잔여지, 느티나무', en: 'Offcut paper, zelkova wood' },
      { ko: '11 × 8 × 7 cm, 약 700장', en: '11 × 8 × 7 cm, about 700 sheets' },
    ),
    category: 'desk',
    brandLine: { ko: '남은 것', en: 'From Offcuts' },
    options: [],
    variants: [variant('SG-DSK-0201', [], 620, 15000, 1300, 41)],
    art: { shape: 'memoBlock', body: hue.porcelain, accent: hue.oak, paper: 'celadon' },
    tags: ['under-20000', 'gift'],
    createdDaysAgo: 145,
    reviews: [
      ko('두리', 5, 15, '진짜 두부인 줄 알고 냉장고에 넣자던 남편이 있습니다.'),
      en('Pip', 4, 48, 'A ridiculous, excellent object.'),
    ],
  },
  {
    handle: 'clay-pencil-cup',
    name: { ko: '흙 연필꽂이', en: 'Clay Pencil Cup' },
    slug: { ko: '흙-연필꽂이', en: 'clay-pencil-cup' },
    summary: { ko: '가위 두 자루를 꽂아도 넘어지지 않는 무게.', en: 'Heavy enough for two pairs of scissors.' },
    description: {
      ko: prose(
        '가벼운 연필꽂이는 연필을 뽑을 때 따라 일어납니다. 바닥을 두껍게 해 480그램을 채웠습니다.',
        '밑에는 코르크를 붙였습니다. 붓 씻는 물통으로도 좋습니다.',
      ),
      en: prose(
        'A light pencil cup gets up and follows the pencil. This one weighs 480 grams and stays where it is.',
        'Cork underneath. It also makes a good jar for rinsing brushes.',
      ),
    },
    details: goods(
      pottery,
      { ko: '산백토, 코르크', en: 'Stoneware, cork' },
      { ko: '지름 8.4 × 높이 10 cm', en: '8.4 cm across, 10 cm tall' },
    ),
    category: 'desk',
    options: [colour(swatches.celadon, swatches.hanji, swatches.ink)],
    variants: [
      variant('SG-DSK-0301', [0], 480, 24000, 2000, 30),
      variant('SG-DSK-0302', [1], 480, 24000, 2000, 25),
      variant('SG-DSK-0303', [2], 480, 24000, 2000, 18),
    ],
    art: { shape: 'pencilCup', body: hue.celadon, accent: hue.persimmon, paper: 'bean', pattern: 'speckle' },
    tags: ['desk'],
    createdDaysAgo: 230,
    reviews: [ko('해솔', 5, 40, '묵직해서 한 손으로 쏙 뽑힙니다. 이런 사소한 게 좋네요.')],
  },
  {
    handle: 'pen-tray',
    name: { ko: '참나무 붓 접시', en: 'Oak Pen Tray' },
    slug: { ko: '참나무-붓-접시', en: 'oak-pen-tray' },
    summary: { ko: '굴러다니는 것들이 멈추는 자리.', en: 'Where rolling things come to rest.' },
    description: {
      ko: prose(
        '통나무를 파서 만들었고, 바닥에 얕은 물결을 남겨 펜이 구르지 않습니다. 백자 문진이 하나 딸려 옵니다.',
        '칠 대신 들기름을 먹였습니다. 해마다 조금씩 짙어집니다.',
      ),
      en: prose(
        'Carved from a single piece, with shallow ripples left in the floor to stop pens rolling. A porcelain paperweight comes with it.',
        'Finished with perilla oil instead of varnish, so it deepens a little every year.',
      ),
    },
    details: goods(
      woodshop,
      { ko: '참나무, 백자 문진', en: 'Oak, porcelain weight' },
      { ko: '25 × 9 × 3 cm', en: '25 × 9 × 3 cm' },
    ),
    category: 'desk',
    options: [],
    variants: [variant('SG-DSK-0401', [], 380, 32000, 2700, 21)],
    art: {
      shape: 'penTray',
      body: hue.oak,
      accent: hue.persimmon,
      paper: 'indigo',
      pattern: 'grain',
      stretch: [1, 1.5],
    },
    tags: ['gift'],
    createdDaysAgo: 110,
    reviews: [en('Caleb', 5, 26, 'The ripples work. My pens used to migrate overnight.')],
  },
  {
    handle: 'six-pencils',
    name: { ko: '여섯 색 연필', en: 'Six House Pencils' },
    slug: { ko: '여섯-색-연필', en: 'six-house-pencils' },
    summary: { ko: '심은 모두 4B, 옷만 여섯 색.', en: 'All 4B. Only the coats differ.' },
    description: {
      ko: prose(
        '쪽, 감, 모과, 청자, 먹, 팥. 살강의 여섯 색을 입힌 연필입니다. 심은 전부 부드러운 4B라 종이에 힘을 주지 않아도 됩니다.',
        '몸통은 피나무, 칠은 얇게. 깎으면 나무 냄새가 납니다.',
      ),
      en: prose(
        'Indigo, persimmon, quince, celadon, ink and red bean: the six house colors on one soft 4B lead that needs no pressing.',
        'Linden wood under a thin coat of paint. It smells right when you sharpen it.',
      ),
    },
    details: goods(
      woodshop,
      { ko: '피나무, 흑연', en: 'Linden wood, graphite' },
      { ko: '지름 7 mm × 17.6 cm, 6자루', en: '7 mm × 17.6 cm, set of 6' },
    ),
    category: 'desk',
    options: [],
    variants: [variant('SG-DSK-0501', [], 60, 11000, 900, 97)],
    art: { shape: 'pencils', body: hue.indigo, accent: hue.persimmon, paper: 'mugwort' },
    tags: ['under-20000', 'gift'],
    createdDaysAgo: 200,
    reviews: [ko('루아', 4, 53, '예뻐서 못 깎는 병에 걸렸습니다. 두 벌 사세요.')],
  },
  {
    handle: 'hanji-letter-set',
    name: { ko: '한지 편지 한 벌', en: 'Hanji Letter Set' },
    slug: { ko: '한지-편지-한-벌', en: 'hanji-letter-set' },
    summary: { ko: '미안하다는 말을 쓰기 좋은 종이.', en: 'Good paper for saying sorry.' },
    description: {
      ko: prose(
        '전주에서 뜬 홑지에 편지지 열 장, 봉투 다섯 장. 잉크가 천천히 스며서 저절로 천천히 쓰게 됩니다.',
        '봉투를 여미는 붉은 종이는 팥물로 들였습니다.',
      ),
      en: prose(
        'Ten sheets and five envelopes of single-ply hanji from Jeonju. Ink sinks in slowly, so you write slowly.',
        'The red seals are dyed with bean water.',
      ),
    },
    details: goods(
      bindery,
      { ko: '닥 한지 100%', en: '100% mulberry hanji' },
      { ko: '편지지 15 × 21 cm 10장, 봉투 11 × 16 cm 5장', en: '10 sheets of 15 × 21 cm, 5 envelopes of 11 × 16 cm' },
    ),
    category: 'desk',
    options: [],
    variants: [variant('SG-DSK-0601', [], 90, 13000, 1100, 55)],
    art: { shape: 'letters', body: hue.hanji, accent: hue.bean, paper: 'persimmon', pattern: 'grain' },
    tags: ['under-20000', 'gift'],
    createdDaysAgo: 175,
    reviews: [
      ko('여름', 5, 32, '엄마에게 썼습니다. 답장이 같은 편지지로 왔어요. 엄마도 사셨더라고요.', '답장'),
      en('Jude', 5, 71, 'I apologized. It worked. Five stars.'),
    ],
  },
]
