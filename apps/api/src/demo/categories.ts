import { hue } from './colours.ts'
import type { DemoCategory } from './types.ts'

/** The shelves of the shop in the order of the menu; subcategories follow their parent. */
export const categories: readonly DemoCategory[] = [
  {
    handle: 'tableware',
    slug: { ko: '식탁', en: 'table' },
    name: { ko: '식탁', en: 'Table' },
    description: {
      ko: '여주 가마에서 구운 그릇과 잔, 그리고 그것을 올려 두는 상.',
      en: 'Cups, bowls and pots from our kiln in Yeoju, and the small table that carries them.',
    },
    art: {
      paper: 'celadon',
      pieces: [
        { shape: 'teapot', body: hue.porcelain, accent: hue.oak, paper: 'celadon', pattern: 'speckle' },
        { shape: 'cup', body: hue.persimmon, accent: hue.porcelain, paper: 'celadon' },
      ],
    },
  },
  {
    handle: 'cups',
    parent: 'tableware',
    slug: { ko: '잔과-머그', en: 'cups-and-mugs' },
    name: { ko: '잔과 머그', en: 'Cups & Mugs' },
    description: {
      ko: '하루에 가장 여러 번 드는 그릇이라 입술이 닿는 자리부터 깎습니다.',
      en: 'The things you lift most often in a day. We shape the rim first and the rest around it.',
    },
    art: {
      paper: 'quince',
      pieces: [
        { shape: 'mug', body: hue.celadon, accent: hue.porcelain, paper: 'quince', pattern: 'crackle' },
        { shape: 'cup', body: hue.ink, accent: hue.hanji, paper: 'quince', pattern: 'speckle' },
      ],
    },
  },
  {
    handle: 'bowls',
    parent: 'tableware',
    slug: { ko: '그릇과-접시', en: 'bowls-and-plates' },
    name: { ko: '그릇과 접시', en: 'Bowls & Plates' },
    description: {
      ko: '밥과 국과 반찬이 한 상에 어울리도록, 크기를 서로 맞춘 그릇입니다.',
      en: 'Rice, soup and side dishes in sizes that stack into one another and sit well together.',
    },
    art: {
      paper: 'bean',
      pieces: [
        { shape: 'plate', body: hue.porcelain, accent: hue.indigo, paper: 'bean', pattern: 'wave' },
        { shape: 'bowl', body: hue.indigo, accent: hue.porcelain, paper: 'bean', pattern: 'brush' },
      ],
    },
  },
  {
    handle: 'teaware',
    parent: 'tableware',
    slug: { ko: '다기와-상차림', en: 'teaware-and-serving' },
    name: { ko: '다기와 상차림', en: 'Teaware & Serving' },
    description: {
      ko: '따르고, 꽂고, 차려 내는 것들. 상 가운데에 놓이는 물건입니다.',
      en: 'For pouring, arranging and carrying in: the pieces that end up in the middle of the table.',
    },
    art: {
      paper: 'indigo',
      pieces: [
        { shape: 'moonJar', body: hue.porcelain, accent: hue.hanji, paper: 'indigo' },
        { shape: 'dish', body: hue.persimmon, accent: hue.porcelain, paper: 'indigo' },
      ],
    },
  },
  {
    handle: 'linen',
    slug: { ko: '천', en: 'cloth' },
    name: { ko: '천', en: 'Cloth' },
    description: {
      ko: '소창, 린넨, 삼베, 면. 삶을수록 부드러워지는 천만 짭니다.',
      en: 'Sochang, linen, hemp and cotton. We only weave cloth that improves in the wash.',
    },
    art: {
      paper: 'persimmon',
      pieces: [
        { shape: 'wrapCloth', body: hue.celadon, accent: hue.persimmon, paper: 'persimmon', pattern: 'jogakbo' },
      ],
    },
  },
  {
    handle: 'kitchen-linen',
    parent: 'linen',
    slug: { ko: '부엌-천', en: 'kitchen-cloth' },
    name: { ko: '부엌 천', en: 'Kitchen Cloth' },
    description: {
      ko: '행주, 냄비장갑, 보자기. 부엌에서 젖고 마르기를 되풀이하는 천입니다.',
      en: 'Dishcloths, mitts and wrapping cloths that spend their lives getting wet and drying again.',
    },
    art: {
      paper: 'mugwort',
      pieces: [{ shape: 'hangingCloth', body: hue.hanji, accent: hue.persimmon, paper: 'mugwort', pattern: 'stripe' }],
    },
  },
  {
    handle: 'bath-linen',
    parent: 'linen',
    slug: { ko: '욕실-천', en: 'bath-cloth' },
    name: { ko: '욕실 천', en: 'Bath Cloth' },
    description: {
      ko: '물기를 빨리 먹고 빨리 뱉는 수건. 두께보다 마르는 속도를 먼저 봅니다.',
      en: 'Towels judged by how fast they dry, not how thick they feel in the shop.',
    },
    art: {
      paper: 'indigo',
      pieces: [{ shape: 'towelStack', body: hue.porcelain, accent: hue.celadon, paper: 'indigo', pattern: 'terry' }],
    },
  },
  {
    handle: 'pantry',
    slug: { ko: '차와-찬장', en: 'tea-and-pantry' },
    name: { ko: '차와 찬장', en: 'Tea & Pantry' },
    description: {
      ko: '우리가 먼저 먹어 보고 떨어지면 아쉬웠던 것만 찬장에 올렸습니다.',
      en: 'Only what we missed when our own cupboard ran out of it.',
    },
    art: {
      paper: 'quince',
      pieces: [
        { shape: 'tin', body: hue.pine, accent: hue.quince, paper: 'quince', pattern: 'petal' },
        { shape: 'jar', body: hue.quince, accent: hue.hanji, paper: 'quince' },
      ],
    },
  },
  {
    handle: 'desk',
    slug: { ko: '책상', en: 'desk' },
    name: { ko: '책상', en: 'Desk' },
    description: {
      ko: '손으로 쓰는 시간을 위한 종이와 나무와 흙.',
      en: 'Paper, wood and clay for the part of the day spent writing by hand.',
    },
    art: {
      paper: 'porcelain',
      pieces: [
        { shape: 'notebook', body: hue.indigo, accent: hue.persimmon, paper: 'porcelain' },
        { shape: 'pencilCup', body: hue.celadon, accent: hue.persimmon, paper: 'porcelain', pattern: 'speckle' },
      ],
    },
  },
  {
    handle: 'scent',
    slug: { ko: '향과-목욕', en: 'scent-and-bath' },
    name: { ko: '향과 목욕', en: 'Scent & Bath' },
    description: {
      ko: '쑥, 모과, 젖은 흙. 방에 오래 있어도 질리지 않는 향만 남겼습니다.',
      en: 'Mugwort, quince, wet earth: scents you can live in the same room with.',
    },
    art: {
      paper: 'ink',
      pieces: [
        { shape: 'candle', body: hue.quince, accent: hue.porcelain, paper: 'ink' },
        { shape: 'incense', body: hue.celadon, accent: hue.persimmon, paper: 'ink' },
      ],
    },
  },
  {
    handle: 'home',
    slug: { ko: '방', en: 'room' },
    name: { ko: '방', en: 'Room' },
    description: {
      ko: '앉고, 덮고, 쓸고, 불을 켜는 것들. 방의 하루를 이루는 물건입니다.',
      en: 'To sit on, wrap up in, sweep with and read by.',
    },
    art: {
      paper: 'mugwort',
      pieces: [
        { shape: 'lamp', body: hue.hanji, accent: hue.oak, paper: 'mugwort' },
        { shape: 'basket', body: hue.oak, accent: hue.clay, paper: 'mugwort', pattern: 'weave' },
      ],
    },
  },
  {
    handle: 'wear',
    slug: { ko: '옷과-가방', en: 'wear-and-carry' },
    name: { ko: '옷과 가방', en: 'Wear & Carry' },
    description: {
      ko: '집에서 입고, 그대로 장 보러 나가도 괜찮은 것들.',
      en: 'To wear at home and, without changing, to the market.',
    },
    art: {
      paper: 'hanji',
      pieces: [{ shape: 'tote', body: hue.persimmon, accent: hue.ink, paper: 'hanji', pattern: 'pinstripe' }],
    },
  },
]
